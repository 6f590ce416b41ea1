"""Authority records: leader, 008, identifiers (024), source (040), headings (1XX), tracings (4XX–7XX) read backwards.

https://www.loc.gov/marc/authority/ecadlist.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.errors import ComposingError
from loader.marc.authority_fields.described_thing import CONCEPT_CLASSES
from loader.marc.writing import local_composers, record_number_composers
from loader.marc.writing.authority_attribute_composers import ATTRIBUTES
from loader.marc.writing.authority_subfields import authority_numbers, vocabulary_of
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import control_fields, each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.fixed_composers import entered_date
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.name_composers import agent_kind, as_title_of_name, name_indicator, name_parts, parts_of_label
from loader.marc.writing.record_nodes import RecordNodes
from loader.marc.writing.title_parts import hub_title
from nbkg.records.record import MarcField

_AGENTS = ("Person", "Family", "Organization", "Jurisdiction", "Meeting")
_NAME_TYPES = {"mads:PersonalName": "00", "mads:CorporateName": "10", "mads:ConferenceName": "11"}
"""Names that several agents have, and the end of their tags."""
_KINDS = {kind: last for last, kind in reversed(CONCEPT_CLASSES.items())}
_NOT_CODED = "|"
_TRACINGS = {
    "a": ("mads:hasEarlierEstablishedForm",),
    "b": ("mads:hasLaterEstablishedForm",),
    "g": ("mads:hasBroaderAuthority", "skos:broader"),
    "h": ("mads:hasNarrowerAuthority", "skos:narrower"),
    "t": ("mads:hasCorporateParentAuthority",),
    "": ("mads:hasRelatedAuthority", "skos:related"),
}
"""$w of 5XX, and the properties that it became."""
_OF_NUMBERS = {"Isni": "isni", "Hdl": "hdl", "Doi": "doi"}
"""The classes of identifiers that say themselves what $2 of 024 is."""


def authority_leader(nodes: RecordNodes) -> str:
    """Return the leader of an authority record."""
    status = next(iter(codes_of(nodes.record.nodes("status"), "mstatus")), "n")
    level = next((node.value("code") for node in nodes.record.nodes("descriptionLevel")), "")
    return f"00000{status}z  a2200000{level or 'n'}  4500"


def require_heading(composing: RecordComposing) -> None:
    """Raise ComposingError, which names the thing, where no heading can be made of it."""
    nodes = composing.nodes
    if not nodes.instance.texts("skos:prefLabel"):
        raise ComposingError(f"{nodes.name}: it has no heading; an authority record needs a skos:prefLabel (1XX)")
    if not _last_digits(nodes.instance):
        raise ComposingError(f"{nodes.name}: what it is is not known; give it a class, such as bf:Person (1XX)")


def _last_digits(described: GraphNode) -> str:
    """Return how the tags of a thing's headings end, or an empty text for a thing of no kind."""
    if described.is_a(*_AGENTS):
        return agent_kind(described)
    if described.is_a("Hub"):
        return "30"
    kinds = {**_NAME_TYPES, **_KINDS, "mads:ComplexSubject": "50"}
    return next((last for kind, last in kinds.items() if described.is_a(kind)), "")


def compose_coded_data(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 008: when the record was made, that it is an established heading, and how well it is established."""
    record = composing.nodes.record
    levels = [node.value("code") for node in record.nodes("status") if "level-of-establishment" in node.iri]
    positions = list(entered_date(composing) + _NOT_CODED * 34)
    positions[9], positions[33] = "a", next(iter(levels), _NOT_CODED)
    yield from control_fields("008", "".join(positions))


def compose_identifiers(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 024: each identifier, as the address of its record where the graph has one."""
    described = composing.nodes.instance
    links = [link.iri for link in described.nodes("mads:isIdentifiedByAuthority")]
    for number in described.nodes("identifiedBy"):
        scheme = next(
            (code for kind, code in _OF_NUMBERS.items() if number.is_a(kind)), number.node("source").value("code")
        )
        value = number.value("rdf:value")
        address = next((link for link in links if link.endswith(f"/{value}")), value)
        subfields = [("z" if number.nodes("status") else "a", address), *each("q", number.values("qualifier"))]
        yield from make_fields("024", "7 " if scheme else "8 ", [*subfields, *each("2", [scheme])])


def compose_source(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 040 with the vocabulary or the rules of headings ($f)."""
    vocabularies = [node.value("code") for node in composing.nodes.record.nodes("source")]
    for field in record_number_composers.compose_source(composing):
        yield field._replace(subfields=(*field.subfields, *each("f", vocabularies)))


def compose_headings(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 1XX, and 4XX for each other name; an acronym has $w d."""
    described = composing.nodes.instance
    last = _last_digits(described)
    for label in described.texts("skos:prefLabel")[:1]:
        yield from _heading_field(f"1{last}", described, _heading_parts(described, label, composing))
    acronyms = {text for node in described.nodes("mads:hasAcronymVariant") for text in node.texts("mads:variantLabel")}
    for label in described.texts("skos:altLabel"):
        lead = [("w", "d")] if label in acronyms else []
        yield from _heading_field(f"4{last}", described, [*lead, *_label_parts(described, label, composing)])


def _heading_field(tag: str, described: GraphNode, parts: Parts) -> list[MarcField]:
    names = [part for part in parts if part[0] == "a"]
    first = name_indicator(described, names) if tag[1:] in {"00", "10", "11"} else " "
    return make_fields(tag, f"{first}{'0' if tag[1:] == '30' else ' '}", parts)


def _heading_parts(described: GraphNode, label: str, composing: RecordComposing) -> Parts:
    """Return the subfields of the heading of a thing: of a work its author and its title."""
    if not described.is_a("Hub"):
        return _label_parts(described, label, composing)
    agent = described.node("contribution").node("agent")
    title = hub_title(described, described)
    return [*name_parts(agent, composing), *as_title_of_name(title)] if agent else title


def _label_parts(described: GraphNode, label: str, composing: RecordComposing) -> Parts:
    if described.is_a(*_AGENTS, *_NAME_TYPES):
        return parts_of_label(label, _last_digits(described), composing)
    first, *rest = label.split("--")
    return [("a", first), *each("x", rest)]


def compose_see_also(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 5XX: another thing of the file, what it is to this one ($w, and $i in words), and its number."""
    described = composing.nodes.instance
    for code, names in _TRACINGS.items():
        for other in [node for name in names for node in described.nodes(name)]:
            parts = _other_parts(other, composing)
            lead = [*([("w", code)] if code else []), *each("i", _words(described, other))]
            fields = _heading_field(f"5{_last_digits(other) or '50'}", other, parts)
            yield from [field._replace(subfields=(*lead, *field.subfields)) for field in fields]


def _other_parts(other: GraphNode, composing: RecordComposing) -> Parts:
    labels = [*other.texts("skos:prefLabel"), *other.texts("rdfs:label")]
    parts = [part for label in labels[:1] for part in _heading_parts(other, label, composing)]
    return [*parts, *authority_numbers(other, composing.forms)] if parts else []


def _words(described: GraphNode, other: GraphNode) -> list[str]:
    """Return the words of the relations between two things."""
    relations = [node for node in described.nodes("relation") if other in node.nodes("associatedResource")]
    return [word for node in relations for role in node.nodes("relationship") for word in role.texts("rdfs:label")]


def compose_vocabulary_links(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 750 and the like for a concept in another vocabulary, with the match that the graph states ($4)."""
    described = composing.nodes.instance
    for name, matches in _MATCHES.items():
        for other in described.nodes(f"skos:{name}"):
            source, last = vocabulary_of(other), _last_digits(other) or "50"
            parts = [*_other_parts(other, composing), *each("4", matches), *each("2", [source])]
            yield from make_fields(f"7{last}", " 7", parts) if other.texts("rdfs:label") else []


_SKOS = "http://www.w3.org/2004/02/skos/core#"
_MATCHES = {
    "mappingRelation": [],
    **{name: [f"{_SKOS}{name}"] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")},
}
AUTHORITY_COMPOSERS = (
    Composer(record_number_composers.compose_control_number),
    Composer(record_number_composers.compose_change),
    Composer(compose_coded_data),
    Composer(compose_identifiers),
    Composer(record_number_composers.compose_system_numbers),
    Composer(compose_source),
    Composer(record_number_composers.compose_authentication),
    Composer(compose_headings),
    *ATTRIBUTES,
    Composer(compose_see_also),
    Composer(compose_vocabulary_links),
    *local_composers.COMPOSERS,
)
