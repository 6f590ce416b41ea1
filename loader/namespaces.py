"""Every namespace that the loader writes; no other module declares one."""

from __future__ import annotations

from rdflib import Namespace
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, VANN, VOID, XSD

from nbkg.rdf.canonical import Rebase

BASE = "https://w3id.org/nbkg/"
DUMPS = f"{BASE}dumps/"
"""The address of published releases, unless an option names another."""

NBKG = Namespace(f"{BASE}ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
BF = Namespace("http://id.loc.gov/ontologies/bibframe/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CPSVNO = Namespace("https://data.norge.no/vocabulary/cpsvno#")
CV = Namespace("http://data.europa.eu/m8g/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATNO = Namespace("https://data.norge.no/vocabulary/dcatno#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
EDTF = Namespace("http://id.loc.gov/datatypes/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
EU = Namespace("http://publications.europa.eu/resource/authority/")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
IANA = Namespace("https://www.w3.org/ns/iana/media-types/")
LOC = Namespace("http://id.loc.gov/vocabulary/")
MADS = Namespace("http://www.loc.gov/mads/rdf/v1#")
MQA = Namespace("https://data.norge.no/vocabulary/dcatno-mqa#")
OA = Namespace("http://www.w3.org/ns/oa#")
ODRS = Namespace("http://schema.theodi.org/odrs#")
PAV = Namespace("http://purl.org/pav/")
RDAC = Namespace("http://rdaregistry.info/Elements/c/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SPEX = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")

SEMAPV = Namespace("https://w3id.org/semapv/vocab/")
SSSOM = Namespace("https://w3id.org/sssom/")

PREFIXES: dict[str, str] = {
    "adms": str(ADMS),
    "bf": str(BF),
    "cpsv": str(CPSV),
    "cpsvno": str(CPSVNO),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dcatno": str(DCATNO),
    "dcterms": str(DCTERMS),
    "edtf": str(EDTF),
    "eli": str(ELI),
    "foaf": str(FOAF),
    "nbkg": str(NBKG),
    "oa": str(OA),
    "odrs": str(ODRS),
    "org": str(ORG),
    "owl": str(OWL),
    "pav": str(PAV),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "semapv": str(SEMAPV),
    "sh": str(SH),
    "skos": str(SKOS),
    "spdx": str(SPDX),
    "spex": str(SPEX),
    "sssom": str(SSSOM),
    "vann": str(VANN),
    "vcard": str(VCARD),
    "void": str(VOID),
    "vs": str(VS),
    "xsd": str(XSD),
}
"""Prefix to namespace, sorted: the prefixes of every Turtle file that the loader writes."""


def rebase(base: str) -> Rebase | None:
    """Return what puts another base in the place of ours; None where it is ours."""
    return None if base == BASE else Rebase(BASE, base)


__all__ = [
    "ADMS", "BASE", "BF", "CPSV", "CPSVNO", "CV", "DCAT", "DCATNO", "DCTERMS", "DQV", "DUMPS", "EDTF", "ELI", "EU",
    "FOAF", "FORMATS", "IANA", "LOC", "MADS", "MQA", "NBKG", "OA", "ODRS", "ORG", "OWL", "PAV", "PREFIXES", "PROV",
    "RDAC", "RDF", "RDFS", "SCHEMA", "SEMAPV", "SH", "SKOS", "SPDX", "SPEX", "SSSOM", "VANN", "VCARD", "VOID", "VS",
    "XSD", "rebase",
]  # fmt: skip
LABEL_PROPERTIES = (SKOS.prefLabel, NBKG.shortTitle, DCTERMS.title, RDFS.label, FOAF.name, SCHEMA.name)
"""The properties that hold labels, the best first."""
LINK_PREDICATES = {
    str(OWL.sameAs): "owl:sameAs",
    str(SKOS.exactMatch): "skos:exactMatch",
    str(SKOS.closeMatch): "skos:closeMatch",
    str(SKOS.broadMatch): "skos:broadMatch",
    str(SKOS.narrowMatch): "skos:narrowMatch",
    str(SKOS.relatedMatch): "skos:relatedMatch",
    str(RDFS.seeAlso): "rdfs:seeAlso",
}
"""The properties that link two things: the same real thing, concepts of two schemes, a thing and a record of it."""
