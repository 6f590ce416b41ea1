"""Linking of other people's records: their headings to the entities of a store, with the reason of each decision.

The commands may import it; it imports MARC reading, decisions, and `nbkg`.
"""
