"""The text of queries and updates: their tokens, form and dataset, the query guard, and rewrites.

It may import http and the errors.
"""
