"""The page of a query's results: a table, and a chart where the columns fit.

`api` imports it; it imports `pages/frame` and what lies below.
"""
