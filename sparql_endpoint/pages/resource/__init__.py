"""Pages of any RDF: a resource's statements, what points at it, an ontology, shapes; and a resource as JSON-LD.

Rooms of pages above it import it; it imports `pages/frame` and what lies below.
"""
