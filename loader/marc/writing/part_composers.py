"""Fields that describe a part in several properties (306, 310, 502–546, 583): a table of paths through the graph.

https://www.loc.gov/marc/bibliographic/bd5xx.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from loader.marc.fields.content_fields import AUDIENCE_KINDS
from loader.marc.fields.locator_fields import ELECTRONIC_LOCATION
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.worded_composers import is_term, note_kind
from nbkg.records.record import MarcField

Matches = Callable[[GraphNode], bool]


def path_texts(node: GraphNode, path: str) -> list[str]:
    """Return the texts at the end of a path of properties (`place/rdfs:label`); `@` is the IRI of a node."""
    *steps, last = path.split("/")
    nodes = [node]
    for step in steps:
        nodes = [each for one in nodes for each in one.nodes(step) if note_kind(each) != _LINK]
    texts = (text for each in nodes for text in ([each.iri] if last == "@" else each.texts(last) or _coded(each, last)))
    return list(dict.fromkeys(texts))


def paths_parts(node: GraphNode, subfields: Mapping[str, str]) -> Parts:
    """Return subfields with the texts to which their paths lead."""
    return [(code, text) for code, path in subfields.items() for text in path_texts(node, path)]


def _coded(node: GraphNode, name: str) -> list[str]:
    """Return texts that are in no script, such as dates and codes, in whatever script a field is."""
    return node.values(name) if name in _CODED else []


_LINK = f"={ELECTRONIC_LOCATION}"
"""The kind of notes that are addresses: 856 says them."""
_CODED = frozenset({"code", "date", "degree", "count", "rdf:value", "duration"})


@dataclass(frozen=True)
class PartField:
    """A field: which nodes it is about, and the path that leads to each subfield."""

    tag: str
    relation: str
    kind: str
    subfields: Mapping[str, str]
    subject: str = "instance"
    matches: Matches = field(default=lambda _node: True)
    """Tells the nodes of the field from others of the same class."""
    first: Callable[[GraphNode], str] = field(default=lambda _node: " ")
    """Returns the first indicator."""


def _compose(spec: PartField) -> Callable[[RecordComposing], Iterator[MarcField]]:
    def compose(composing: RecordComposing) -> Iterator[MarcField]:
        subject: GraphNode = getattr(composing.nodes, spec.subject)
        for node in subject.nodes(spec.relation):
            if node.is_a(spec.kind) and spec.matches(node):
                subfields = [
                    (code[0], text) for code, path in spec.subfields.items() for text in path_texts(node, path)
                ]
                yield from make_fields(spec.tag, f"{spec.first(node)} ", subfields)

    return compose


def _has_kind(kind: str) -> Matches:
    return lambda node: note_kind(node) == kind


def has_locator(node: GraphNode) -> bool:
    """Return whether a part is at an address, so that a field 856 says it."""
    return bool(node.nodes("electronicLocator"))


def _has_no_locator(node: GraphNode) -> bool:
    return not has_locator(node)


def _is_coded_event(node: GraphNode) -> bool:
    """Return whether an event is that of 033, which has codes, and not that of 518, which has words."""
    return bool(node.values("code") or node.values("qualifier")) and not node.values("rdfs:label")


def _is_event_in_words(node: GraphNode) -> bool:
    return not _is_coded_event(node)


def _is_audience_note(node: GraphNode) -> bool:
    return bool(node.values("rdfs:label")) and not is_term(node)


def _is_no_qualifier(node: GraphNode) -> bool:
    """Return whether a source of acquisition is that of 037, and not what 020 says without a number."""
    return not node.values("qualifier")


def _audience(node: GraphNode) -> str:
    kinds = {name: indicator for indicator, name in AUDIENCE_KINDS.items()}
    return next((kinds[text] for text in node.values("qualifier") if text in kinds), " ")


def _contents(node: GraphNode) -> str:
    status = node.node("status").iri.rpartition("/")[2]
    return {"incmp": "1", "part": "2"}.get(status, "0")


_LABEL = "rdfs:label"
_SCOPE = {"u": "electronicLocator/@", "2": "source/code"}
PARTS = (
    PartField("505", "tableOfContents", "TableOfContents", {"a": _LABEL}, "work", _has_no_locator, _contents),
    PartField("520", "summary", "Summary", {"3": "part", "a": _LABEL, "c": "source/rdfs:label", **_SCOPE}, "work"),
    PartField(
        "520",
        "review",
        "Review",
        {"3": "part", "a": _LABEL, "c": "source/rdfs:label"},
        "work",
        _has_no_locator,
        lambda _node: "1",
    ),
    PartField("520", "note", "Note", {"a": _LABEL, **_SCOPE}, "work", _has_kind("=content advice"), lambda _node: "4"),
    PartField(
        "521",
        "intendedAudience",
        "IntendedAudience",
        {"3": "part", "a": _LABEL, "b": "source/rdfs:label"},
        "work",
        _is_audience_note,
        _audience,
    ),
    PartField("546", "note", "Note", {"3": "part", "a": _LABEL}, "work", _has_kind("lang")),
    PartField("546", "notation", "Notation", {"3": "part", "b": _LABEL}, "work"),
    PartField(
        "502",
        "dissertation",
        "Dissertation",
        {
            "a": _LABEL,
            "b": "degree",
            "c": "grantingInstitution/rdfs:label",
            "d": "date",
            "g": "note/rdfs:label",
            "o": "identifiedBy/rdf:value",
        },
        "work",
    ),
    PartField(
        "518",
        "capture",
        "Capture",
        {"3": "part", "a": _LABEL, "d": "date", "o": "note/rdfs:label", "p": "place/rdfs:label", "2": "source/code"},
        "work",
        _is_event_in_words,
    ),
    PartField("506", "usageAndAccessPolicy", "AccessPolicy", {"3": "part", "a": _LABEL, "f": "qualifier", **_SCOPE}),
    PartField("540", "usageAndAccessPolicy", "UsePolicy", {"3": "part", "a": _LABEL, "f": "qualifier", **_SCOPE}),
    PartField("541", "immediateAcquisition", "ImmediateAcquisition", {"3": "part", "a": _LABEL, **_SCOPE}),
    PartField(
        "583",
        "note",
        "Note",
        {
            "3": "part",
            "a": _LABEL,
            "c": "date",
            "k": "agent/rdfs:label",
            "l": "status/rdfs:label",
            "z": "note/rdfs:label",
            **_SCOPE,
        },
        matches=_has_kind("action"),
    ),
    PartField("310", "frequency", "Frequency", {"a": _LABEL}),
    PartField(
        "534",
        "originalVersion",
        "Instance",
        {
            "3": "part",
            "p": "note/rdfs:label",
            "a": "responsibilityStatement",
            "t": "title/mainTitle",
            "b": "editionStatement",
            "c": "publicationStatement",
            "e": "extent/rdfs:label",
            "f": "seriesStatement",
            "z": "identifiedBy/rdf:value",
        },
    ),
    PartField(
        "037",
        "acquisitionSource",
        "AcquisitionSource",
        {
            "3": "part",
            "a": "identifiedBy/rdf:value",
            "b": _LABEL,
            "c": "acquisitionTerms",
            "n": "note/rdfs:label",
        },
        matches=_is_no_qualifier,
    ),
    PartField("255", "scale", "Scale", {"a": _LABEL}, "work"),
    PartField(
        "255", "cartographicAttributes", "Cartographic", {"b": "projection/rdfs:label", "c": "coordinates"}, "work"
    ),
)
"""By field the paths to its subfields, in the order in which they stand."""


def compose_duration(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 306: `PT1H2M3S` is 010203."""
    for duration in composing.nodes.work.values("duration"):
        hours, minutes, seconds = _clock(duration)
        yield from make_fields("306", "  ", [("a", f"{hours:02}{minutes:02}{seconds:02}")])


def _clock(duration: str) -> tuple[int, int, int]:
    hours, _mark, rest = duration.removeprefix("PT").partition("H")
    minutes, _mark, rest = rest.partition("M")
    return int(hours or 0), int(minutes or 0), int(rest.rstrip("S") or 0)


COMPOSERS = (*(Composer(_compose(spec), is_paired=True) for spec in PARTS), Composer(compose_duration))
