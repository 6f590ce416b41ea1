"""Records mapped for a test, with their statements as a graph to look into."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import MappedRecord, make_mapping
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

CASES = Path(__file__).parent / "cases"
PREFIXES = {
    "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "bf": "http://id.loc.gov/ontologies/bibframe/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "madsrdf": "http://www.loc.gov/mads/rdf/v1#",
    "schema": "https://schema.org/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "dcterms": "http://purl.org/dc/terms/",
    "relators": "http://id.loc.gov/vocabulary/relators/",
    "languages": "http://id.loc.gov/vocabulary/languages/",
    "countries": "http://id.loc.gov/vocabulary/countries/",
    "mstatus": "http://id.loc.gov/vocabulary/mstatus/",
    "id": "https://w3id.org/nbkg/id/",
}


def long(name: str) -> str:
    """Return the IRI of a compact one."""
    prefix, _colon, local = name.partition(":")
    if local.startswith("//"):
        return name
    return PREFIXES[prefix] + local


def short(term: object) -> str:
    """Return a term as a text that is easy to compare: compact IRI, or value with its language."""
    if isinstance(term, ox.Literal):
        return f"{term.value}@{term.language}" if term.language else term.value
    assert isinstance(term, ox.NamedNode)
    for prefix, start in PREFIXES.items():
        if prefix != "a" and term.value.startswith(start):
            return f"{prefix}:{term.value[len(start) :]}"
    return term.value


class Mapped:
    """The statements of records of one source."""

    def __init__(self, records: Iterable[MarcRecord], profile: str = "alma", file: Path | None = None) -> None:
        mapping = make_mapping("test", read_profile(profile, file))
        self.results: list[MappedRecord] = [mapping(record) for record in records]
        text = "".join(line for result in self.results for line in result.lines)
        self.store = ox.Store()
        self.store.load(text.encode(), format=ox.RdfFormat.N_QUADS)

    def objects(self, subject: str | None, predicate: str) -> list[str]:
        """Return the objects of a subject (None for any) and a predicate, sorted, each once."""
        node = ox.NamedNode(long(subject)) if subject else None
        name = ox.NamedNode(long(predicate) if predicate != "a" else PREFIXES["a"])
        return sorted({short(quad.object) for quad in self.store.quads_for_pattern(node, name, None)})

    def path(self, subject: str, *predicates: str) -> list[str]:
        """Return what one reaches from a subject over predicates, sorted."""
        nodes = [subject]
        for predicate in predicates:
            nodes = sorted({each for node in nodes for each in self.objects(node, predicate)})
        return nodes

    def of_class(self, name: str) -> list[str]:
        """Return the nodes of a class, sorted."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(PREFIXES["a"]), ox.NamedNode(long(name)))
        return sorted({short(quad.subject) for quad in quads})

    def number(self, kind: str, subject: str) -> dict[str, list[str]]:
        """Return the identifiers of a class that a subject has, and of each its status."""
        nodes = [node for node in self.objects(subject, "bf:identifiedBy") if kind in self.objects(node, "a")]
        return {self.objects(node, "rdf:value")[0]: self.objects(node, "bf:status") for node in nodes}

    def omissions(self, tag: str) -> list[tuple[str, str]]:
        """Return subfield and reason of what stays in the record only."""
        return [(each.code, each.reason) for result in self.results for each in result.omissions if each.tag == tag]

    def doubts(self) -> list[tuple[str, str]]:
        """Return tag and reason of what was odd."""
        return [(each.tag, each.reason) for result in self.results for each in result.doubts]


def records_of(file: Path) -> list[MarcRecord]:
    """Return the records of a file."""
    return [each.record for each in read_marc_file(file) if isinstance(each, DeliveredRecord)]


def case(name: str, profile: str = "alma", file: Path | None = None) -> Mapped:
    """Return the mapped records of a case."""
    return Mapped(records_of(CASES / name), profile, file)


def record(*fields: str, leader: str = "00000nam a2200000 i 4500") -> MarcRecord:
    """Return a record of fields written as `245 10 $a Title $c Name`, with `_` for a blank indicator.

    There is an 001 `r1` and an 008 of a Norwegian book of 2024, unless they are given.
    """
    texts = list(fields)
    if not any(text.startswith("008") for text in texts):
        texts.insert(0, "008 240101s2024    no            000 0 nob  ")
    if not any(text.startswith("001") for text in texts):
        texts.insert(0, "001 r1")
    return MarcRecord(leader, [_field(text) for text in texts])


def authority(*fields: str, leader: str = "00000nz  a2200000n  4500") -> MarcRecord:
    """Return an authority record of fields written as in `record`, with an 001 `99000001` and an 003 `NO-TrBIB`."""
    texts = [
        "001 99000001",
        "003 NO-TrBIB",
        "008 240101n| azznnaabn          |a aaa     d",
        "040 __ $a NO-TrBIB $b nob $f noraf",
    ]
    tags = {text[:3] for text in fields}
    return MarcRecord(leader, [_field(text) for text in (*(t for t in texts if t[:3] not in tags), *fields)])


def _field(text: str) -> MarcField:
    tag, rest = text[:3], text[4:]
    if tag.startswith("00"):
        return MarcField(tag, data=rest)
    indicators, _dollar, subfields = rest.partition("$")
    pairs = [(part[0], part[1:].strip()) for part in subfields.split("$")]
    return MarcField(tag, indicators.strip().replace("_", " ").ljust(2), tuple(pairs))
