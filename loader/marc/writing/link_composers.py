"""Links to other resources (760–787) and web addresses (856), read backwards.

https://www.loc.gov/marc/bibliographic/bd76x78x.html, https://www.loc.gov/marc/bibliographic/bd856.html
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from loader.marc.fields.linking_fields import PRECEDING, PROPERTIES, SUCCEEDING
from loader.marc.fields.locator_fields import ELECTRONIC_LOCATION
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.name_composers import name_parts
from loader.marc.writing.number_composers import written_number
from loader.marc.writing.record_number_composers import link_number
from nbkg.records.record import MarcField

_LINKS = (
    *((name, tag, "0 ") for tag, name in PROPERTIES.items()),
    *((name, "780", f"0{kind}") for kind, (name, word) in PRECEDING.items() if not word),
    *((name, "785", f"0{kind}") for kind, (name, word) in SUCCEEDING.items() if not word),
    ("mergedToForm", "785", "07"),
    ("precededBy", "780", "0 "),
    ("succeededBy", "785", "0 "),
)
"""By property the tag and the indicators of a linking entry."""


def compose_links(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield a linking entry for each relation of the instance, or of its work, to a resource with words or numbers."""
    nodes = composing.nodes
    for subject in (nodes.instance, nodes.work):
        relations = {relation.node("associatedResource"): relation for relation in subject.nodes("relation")}
        for name, tag, indicators in _LINKS:
            for target in subject.nodes(name):
                if _is_linked(target, tag):
                    relation = relations.get(target, GraphNode(target.graph))
                    yield from _link(tag, indicators, target, relation, composing)


def _is_linked(target: GraphNode, tag: str) -> bool:
    """Return whether a resource is one of a linking entry: no hub, no part of the record, and no version of 856."""
    if target.is_a("Hub") or "#" in target.iri:
        return False
    return target.is_a("Instance") or bool(target.nodes("identifiedBy")) or tag not in {"774", "787", "765"}


def _link(
    tag: str, indicators: str, target: GraphNode, relation: GraphNode, composing: RecordComposing
) -> list[MarcField]:
    words = _words(relation)
    indicators = f"{indicators[0]}8" if words else indicators
    if described := relation.texts("rdfs:label"):
        named = [*words, *each("t", described), *each("g", relation.texts("part"))]
        return _described_link(tag, indicators, target, named, composing)
    has_imprint = bool(target.texts("provisionActivityStatement"))
    subfields = [
        *words,
        *_main_entry(target, composing),
        *_titles(target),
        *each("b", target.texts("editionStatement")),
        *each("d", target.texts("provisionActivityStatement") or _notes(target)),
        *each("h", [text for extent in target.nodes("extent") for text in extent.texts("rdfs:label")]),
        *each("k", target.texts("seriesStatement")),
        *each("g", relation.texts("part")),
        *each("n", _notes(target) if has_imprint else []),
        *_numbers(target, composing),
    ]
    return make_fields(tag, indicators, subfields)


def _words(relation: GraphNode) -> Parts:
    return each("i", [text for node in relation.nodes("relationship") for text in node.values("rdfs:label")])


def _main_entry(target: GraphNode, composing: RecordComposing) -> Parts:
    agent = target.node("contribution").node("agent")
    return each("a", [", ".join(text for _code, text in name_parts(agent, composing))])


def _described_link(
    tag: str, indicators: str, target: GraphNode, words: Parts, composing: RecordComposing
) -> list[MarcField]:
    """Return the link to a resource with a record of its own: the words of the relation, and that record's number."""
    nodes = composing.nodes
    number = link_number(nodes.profile.assigner, unquote(target.iri.rpartition("/")[2]), nodes)
    return make_fields(tag, indicators, [*words, *_numbers(target, composing), ("w", number)])


def _titles(target: GraphNode) -> Parts:
    """Return the titles of a resource; one without a title and a main entry is called by its label."""
    titles = [
        (("p" if title.is_a("AbbreviatedTitle") else "t"), text)
        for title in target.nodes("title")
        for text in title.texts("mainTitle")[:1]
    ]
    has_name = bool(titles) or bool(target.nodes("contribution"))
    return titles if has_name else each("t", target.texts("rdfs:label")[:1])


def _notes(target: GraphNode) -> list[str]:
    return [text for note in target.nodes("note") for text in note.texts("rdfs:label")]


def _numbers(target: GraphNode, composing: RecordComposing) -> Parts:
    """Return the numbers of a resource and of its record."""
    parts: Parts = []
    for number in target.nodes("identifiedBy"):
        value, code = written_number(number), number.node("assigner").value("code")
        kinds = (kind for kind in _NUMBERS if number.is_a(kind))
        subfield, default = _NUMBERS[next(kinds, "Local")]
        written = link_number(code or default, value, composing.nodes) if subfield == "w" else value
        parts.append((subfield, written))
    return parts


_NUMBERS = {
    "Issn": ("x", ""),
    "Isbn": ("z", ""),
    "Coden": ("y", ""),
    "ReportNumber": ("r", ""),
    "Strn": ("u", ""),
    "Lccn": ("w", "DLC"),
    "OclcNumber": ("w", "OCoLC"),
    "Local": ("w", ""),
}
"""By class of a number its subfield, and the code of its file where the class says it."""
_SUPPLEMENTS = (
    ("instance", "supplementaryContent", "2"),
    ("work", "supplementaryContent", "2"),
    ("work", "tableOfContents", "2"),
    ("instance", "coverArt", "2"),
    ("work", "review", "2"),
)
"""What may be at an address beside the resource itself, and the second indicator."""


def compose_addresses(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 856: the addresses of the resource, its versions and its electronic copies, and of what goes with it."""
    for resource, second in _resources(composing.nodes.instance):
        yield from _resource_fields(resource, f"4{second}")
    for subject, name, second in _SUPPLEMENTS:
        for other in getattr(composing.nodes, subject).nodes(name):
            if other.nodes("electronicLocator"):
                yield from _beside_field(other, f"4{second}")


def _resource_fields(resource: GraphNode, indicators: str) -> Iterator[MarcField]:
    """Yield the addresses that notes are about, and the others."""
    notes = [note for note in resource.nodes("note") if ELECTRONIC_LOCATION in note.values("noteType")]
    for note in notes:
        yield from _address_field(note, indicators)
    noted = {locator for note in notes for locator in note.nodes("electronicLocator")}
    for locator in resource.nodes("electronicLocator"):
        if locator not in noted:
            yield from make_fields("856", indicators, [("u", locator.iri)])


def _resources(instance: GraphNode) -> Iterator[tuple[GraphNode, str]]:
    yield instance, "0"
    yield from ((copy, "1") for copy in instance.nodes("hasReproduction"))
    yield from ((each, "1") for each in instance.nodes("otherPhysicalFormat") if "#version" in each.iri)


def _address_field(note: GraphNode, indicators: str) -> list[MarcField]:
    """Return the field of a note with an address; its label is the text of the link where no other subfield says it."""
    addresses, scopes = _addresses(note), note.texts("part")
    public = _notes(note)
    labels = [text for text in note.texts("rdfs:label") if text not in (*addresses, *scopes, *public)]
    subfields = [
        *each("3", scopes),
        *each("u", addresses),
        *each("q", note.values("qualifier")),
        *each("y", labels),
        *each("z", public),
    ]
    return make_fields("856", indicators, subfields)


def _beside_field(other: GraphNode, indicators: str) -> list[MarcField]:
    subfields = [
        *each("3", other.texts("rdfs:label")),
        *each("u", _addresses(other)),
        *each("q", other.values("qualifier")),
        *each("z", _notes(other)),
    ]
    return make_fields("856", indicators, subfields)


def _addresses(node: GraphNode) -> list[str]:
    return [locator.iri for locator in node.nodes("electronicLocator")]


COMPOSERS = (Composer(compose_links, is_paired=True), Composer(compose_addresses, is_paired=True))
