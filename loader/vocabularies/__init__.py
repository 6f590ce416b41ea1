"""The kind `skos`: vocabularies of others in RDF or as MARC authority records, cleaned and checked.

The build may import it; it imports the sources, the MARC reader, namespaces and `nbkg`.
"""
