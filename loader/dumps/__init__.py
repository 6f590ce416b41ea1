"""Releases: dated folders of data sets in many formats that prove themselves. See docs/releases.md."""
