"""What changed between two versions of the data: diffs, RDF Patch, activities and summaries, and patches applied.

Commands and dumps import it; it imports `loader.store` and what lies in `nbkg`.
"""
