"""The beginnings of IRIs as they are written in N-Triples: `f"{BF}title>"` is the property bf:title."""

from __future__ import annotations

from typing import Final

from loader import namespaces

A: Final = f"<{namespaces.RDF.type}>"
LABEL: Final = f"<{namespaces.RDFS.label}>"
VALUE: Final = f"<{namespaces.RDF.value}>"
SAME_AS: Final = f"<{namespaces.OWL.sameAs}>"
BF: Final = f"<{namespaces.BF}"
RDA: Final = f"<{namespaces.RDAC}"
MADS: Final = f"<{namespaces.MADS}"
SKOS: Final = f"<{namespaces.SKOS}"
GEO: Final = f"<{namespaces.GEO}"
SCHEMA: Final = f"<{namespaces.SCHEMA}"
NBKG: Final = f"<{namespaces.NBKG}"
DCTERMS: Final = f"<{namespaces.DCTERMS}"
LOC: Final = f"<{namespaces.LOC}"
ID: Final = f"<{namespaces.BASE}id/"
EDTF: Final = f"^^<{namespaces.EDTF.edtf}>"
"""What makes a literal a date; it follows the literal."""
