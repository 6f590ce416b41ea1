"""Decisions on whether two things are one, as the graph `graph/decisions`: of a build, and of what persons added later.

Clustering, linking and the build may import it; it imports `nbkg`, namespaces and identifiers.
"""
