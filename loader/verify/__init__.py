"""Checks releases: `nbkg verify`.

The command imports it; it reads releases with `loader.release` and `loader.dumps`.
"""
