"""The listing: an index over the records of all sources of a store, by when they changed, by sets, and by identifier.

It is made of a store of records and can be made again from it; protocols that give records out read it. It is above
`nbkg.records.store` and `nbkg.text_index`, and the endpoint and commands may import it.
"""
