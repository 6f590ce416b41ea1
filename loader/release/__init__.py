"""Releases: their index, their folder, what they are made of, and how they are fetched.

`loader.dumps`, `loader.verify` and `loader.catalogue` import it.
"""
