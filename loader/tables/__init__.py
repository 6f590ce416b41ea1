"""The kind `table`: rows of a delimited file become statements by a description in data (`data/table-profiles/`).

The build may import it; it imports the sources, identifiers and `nbkg`.
"""
