"""The commands of `nbkg` that the loader brings, a module for each (`{name}_command`), found by entry point.

Only `loader.cli` stands above it; it may import every room of the loader.
"""
