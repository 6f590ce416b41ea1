"""Entry to the store of records: what is verified before a record is taken in, and the answer to its source.

The commands may import it; it imports the mapping, the import of records and `nbkg.records`.
"""
