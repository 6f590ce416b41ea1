"""Decisions on whether two things are one, as `graph/match-decisions`: of a build, and of what persons added later.

Clustering, linking and the build may import it; it imports `nbkg`, namespaces and identifiers.
"""
