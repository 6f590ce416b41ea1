"""The query page: a form, an editor, example queries, notebooks.

`pages/site` imports it; it imports `pages/frame` and what lies below.
"""
