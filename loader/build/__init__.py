"""The build: the table of kinds, the pipeline from sources to written graphs, provenance, and what is left to do.

The commands may import it; it imports the sources, the kinds and `loader.validate`.
"""
