"""RDF terms, files, formats, sorting, blank nodes, diffs and patches, for any data, without prefixes of our own.

Every other package may import it; it imports `nbkg.errors` only.
"""
