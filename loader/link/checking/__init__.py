"""The check of links: a table of all links on disk, the groups of things that they join, and the conflicts in them.

The build and the commands may import it; it imports `nbkg`, namespaces and identifiers.
"""
