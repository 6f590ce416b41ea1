"""A store's folder on disk: its paths and descriptions, versions, kept versions, locks, and how it is opened.

The loader and the endpoint import it; it imports `nbkg.errors` and `nbkg.rdf` only, and nobody else knows the paths.
"""
