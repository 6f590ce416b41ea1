"""The kind `authority`: records of an authority file as agents and concepts, what became of them, and the crosswalk.

`loader.build` uses it; it builds on the mapping of records in `loader.marc`.
"""
