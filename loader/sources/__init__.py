"""The sources of a build: their descriptions in Turtle, and the openers that turn their addresses into bytes.

The kinds, `loader.build` and the commands may import it; it imports `loader.validate`, names, errors and `nbkg`.
"""
