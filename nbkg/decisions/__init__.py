"""Decisions on whether two things, or more, are one: their model, their file, their journal, and which of them holds.

Linking, clustering and the endpoint may import it; it imports `nbkg.storage` and `nbkg.records`, and knows no
vocabulary.
"""
