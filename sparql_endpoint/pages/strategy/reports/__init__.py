"""The list of reports, the page of one with its text, and the comparison of two.

The pages of a measure and of an entity may import it; it imports the base.
"""
