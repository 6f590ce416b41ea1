"""Releases in files: served at `/dumps/`, or written as a plain site. The layout of their folder: docs/releases.md."""
