"""Dumps: a store's graphs written as a release, in many formats with checksums and proof (docs/releases.md).

`loader.verify` and the commands import it.
"""
