"""Every namespace that the loader writes; no other module declares one."""

from __future__ import annotations

from rdflib import Namespace
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, VANN, VOID, XSD

BASE = "https://w3id.org/nbkg/"
DUMPS = f"{BASE}dumps/"
"""Where releases are published, unless something else is told."""

NBKG = Namespace(f"{BASE}ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
EDTF = Namespace("http://id.loc.gov/datatypes/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SPEX = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")

PREFIXES: dict[str, str] = {
    "adms": str(ADMS),
    "cpsv": str(CPSV),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "edtf": str(EDTF),
    "eli": str(ELI),
    "foaf": str(FOAF),
    "nbkg": str(NBKG),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "spex": str(SPEX),
    "vann": str(VANN),
    "vcard": str(VCARD),
    "void": str(VOID),
    "vs": str(VS),
    "xsd": str(XSD),
}
"""Prefix to namespace, sorted: the prefixes of every file that `write` makes."""

__all__ = [
    "ADMS", "BASE", "CPSV", "DCAT", "DCTERMS", "DUMPS", "EDTF", "ELI", "FOAF", "NBKG", "OA", "ORG", "OWL", "PREFIXES",
    "PROV", "RDF", "RDFS", "SCHEMA", "SH", "SKOS", "SPEX", "VANN", "VCARD", "VOID", "VS", "XSD",
]  # fmt: skip
