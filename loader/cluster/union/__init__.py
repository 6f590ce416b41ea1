"""The union of catalogues: clusters of stored records, their keys over time, decisions on them, and `graph/union`.

The commands of `nbkg cluster` import it.
"""
