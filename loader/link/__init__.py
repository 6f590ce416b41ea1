"""Links: mapping files (SSSOM) and what becomes of them, and the check of all links for conflicts.

The build and the commands may import it; it imports the sources and `nbkg`.
"""
