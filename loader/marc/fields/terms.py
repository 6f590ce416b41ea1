"""The beginnings of IRIs as they are written in N-Triples: `f"{BF}title>"` is the property bf:title."""

from __future__ import annotations

from loader import namespaces

A = f"<{namespaces.RDF.type}>"
LABEL = f"<{namespaces.RDFS.label}>"
VALUE = f"<{namespaces.RDF.value}>"
SAME_AS = f"<{namespaces.OWL.sameAs}>"
BF = f"<{namespaces.BF}"
RDA = f"<{namespaces.RDAC}"
MADS = f"<{namespaces.MADS}"
SKOS = f"<{namespaces.SKOS}"
SCHEMA = f"<{namespaces.SCHEMA}"
DCTERMS = f"<{namespaces.DCTERMS}"
LOC = f"<{namespaces.LOC}"
ID = f"<{namespaces.BASE}id/"
EDTF = f"^^<{namespaces.EDTF.edtf}>"
"""What makes a literal a date; it follows the literal."""
