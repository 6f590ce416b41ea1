"""Subjects and genres (600–662) by the classes of what the work is about, and index terms without a vocabulary (653).

https://www.loc.gov/marc/bibliographic/bd6xx.html
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from loader.marc.fields.field_rule import NORMS
from loader.marc.fields.subject_fields import BY_INDICATOR, CLASSES, NO_INDICATOR, SUBDIVISIONS
from loader.marc.writing.authority_subfields import authority_numbers, number_of, vocabulary_of
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.local_composers import own_parts_of_heading
from loader.marc.writing.name_composers import agent_kind, as_title_of_name, name_indicator, name_parts
from loader.marc.writing.title_parts import hub_title
from loader.marc.writing.worded_composers import is_part
from loader.namespaces import LOC
from nbkg.records.record import MarcField

_INDICATORS = {scheme: indicator for indicator, scheme in BY_INDICATOR.items()}
_TAGS = {kind: tag for tag, kind in CLASSES.items() if tag != "662"}
"""By class, the tag of a concept; other classes are topics (650)."""
_CODES = {kind: code for code, kind in SUBDIVISIONS.items()}
_AGENTS = ("Person", "Family", "Organization", "Jurisdiction", "Meeting", "Agent")
_UNCONTROLLED = "uncontrolled"
_CODED = f"{LOC}marcgt/"
"""The genres that 008 says, which need no field in words."""
_NORMS = {tag.removeprefix("@"): norm for norm, tag in NORMS.items()}


def compose_subjects(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield a field for each subject and genre in a vocabulary, each agent, each work, and each subject of parts."""
    for name in ("subject", "genreForm"):
        for node in composing.nodes.work.nodes(name):
            if _has_field(node, name):
                yield from _subject_fields(node, name, composing)


def _has_field(node: GraphNode, name: str) -> bool:
    """Return whether a subject is neither an index term nor a genre that 008 or 380 says."""
    is_elsewhere = name == "genreForm" and (is_part(node) or node.iri.startswith(_CODED))
    return not is_elsewhere and not is_index_term(node)


def is_index_term(node: GraphNode) -> bool:
    """Return whether a concept is in no vocabulary, so that it is an index term (653)."""
    if node.is_a("mads:ComplexSubject") or node.is_a("GenreForm"):
        return False
    return f"/{_UNCONTROLLED}/" in node.iri or any(
        scheme.iri.endswith(f"/{_UNCONTROLLED}") for scheme in node.nodes("skos:inScheme")
    )


def _subject_fields(node: GraphNode, name: str, composing: RecordComposing) -> list[MarcField]:
    """Return the field of a subject; a concept with labels in both norms of Norwegian has one for each."""
    main, subdivisions = _divided(node)
    if subdivisions or not vocabulary_of(main):
        return _subject_field(node, name, composing)
    labels = [label for label in main.literals("rdfs:label") if (label.language or "") in _NORMS]
    fields = [field for label in labels for field in _normed_field(main, label, name, composing)]
    return fields or _subject_field(node, name, composing)


def _subject_field(node: GraphNode, name: str, composing: RecordComposing) -> list[MarcField]:
    main, subdivisions = _divided(node)
    tag, first, heading = _heading(main, name, composing)
    second, source = _vocabulary(tag, _scheme([main, *subdivisions]), composing)
    subfields = [
        *heading,
        *((_subdivision_code(each), text) for each in subdivisions for text in _labels(each)),
        *_roles(node, composing),
        *authority_numbers(node, composing.forms),
        *each("2", [source]),
        *each("9", _norms(main)),
        *own_parts_of_heading(tag, node, composing.nodes.profile),
    ]
    return make_fields(tag, first + second, subfields)


def _roles(node: GraphNode, composing: RecordComposing) -> Parts:
    """Return what a subject that is no work has to do with the work: the words for it, else the codes."""
    relations = [] if node.is_a("Hub", "Work") else composing.nodes.work.nodes("relation")
    parts: Parts = []
    for relation in relations:
        if node in relation.nodes("associatedResource"):
            words = [
                *relation.texts("rdfs:label"),
                *(word for role in relation.nodes("relationship") for word in _labels(role)),
            ]
            parts += (
                [*each("e", words)] if words else [*each("4", codes_of(relation.nodes("relationship"), "relators"))]
            )
    return parts


def _scheme(parts: list[GraphNode]) -> str:
    """Return the vocabulary of a subject, which may be known by its subdivisions only, or the file of its name."""
    return next(filter(None, map(vocabulary_of, parts)), "") or _file_of(parts[0])


def _normed_field(node: GraphNode, label: ox.Literal, name: str, composing: RecordComposing) -> list[MarcField]:
    """Return the field of one label of a concept that has labels in the written norms of Norwegian."""
    tag, heading = _concept_heading(node, label.value, name)
    second, source = _vocabulary(tag, vocabulary_of(node), composing)
    numbers = authority_numbers(node, composing.forms)
    norm = _NORMS[label.language or ""]
    return make_fields(tag, f" {second}", [*heading, *numbers, *each("2", [source]), ("9", norm)])


def _file_of(node: GraphNode) -> str:
    """Return the authority file of an agent or a work, or of the author of a work."""
    return number_of(node)[0] or number_of(node.node("contribution").node("agent"))[0]


def _divided(node: GraphNode) -> tuple[GraphNode, list[GraphNode]]:
    """Return what a subject is about, and its subdivisions in the order of its label."""
    parts = node.nodes("dcterms:hasPart") if node.is_a("mads:ComplexSubject") else []
    if not parts:
        return node, []
    words = node.value("rdfs:label").split("--")
    ordered = sorted(parts, key=lambda part: _position(part, words))
    return ordered[0], ordered[1:]


def _position(part: GraphNode, words: list[str]) -> int:
    places = [words.index(label) for label in part.values("rdfs:label") if label in words]
    return min(places, default=len(words))


def _labels(node: GraphNode) -> list[str]:
    """Return one label of a node: the graph has others from other records."""
    return node.texts("rdfs:label")[:1]


def _subdivision_code(node: GraphNode) -> str:
    return next((code for kind, code in _CODES.items() if node.is_a(kind)), "x")


def _heading(node: GraphNode, name: str, composing: RecordComposing) -> tuple[str, str, Parts]:
    """Return the tag, the first indicator and the subfields of what a subject is about."""
    if node.is_a(*_AGENTS):
        parts = name_parts(node, composing)
        return f"6{agent_kind(node)}", name_indicator(node, parts), parts
    if node.is_a("Hub", "Work"):
        return _work_heading(node, composing)
    tag, parts = _concept_heading(node, next(iter(_labels(node)), ""), name)
    return tag, " ", parts


def _concept_heading(node: GraphNode, label: str, name: str) -> tuple[str, Parts]:
    """Return the tag and the subfields of a concept; of a hierarchical place a subfield for each level."""
    levels = label.split(_LEVELS) if node.is_a("Place") else [label]
    if len(levels) > 1:
        return "662", list(zip(_CODES_OF_LEVELS.get(len(levels), "abcdfffff"), levels, strict=False))
    return _concept_tag(node, name), each("a", [label])


_LEVELS = "--"
"""What stands between the levels of a hierarchical place."""
_CODES_OF_LEVELS = {2: "ab", 3: "abd"}
"""The subfields of the levels of a place: country, province, county, town; few levels leave out those between."""


def _concept_tag(node: GraphNode, name: str) -> str:
    return "655" if name == "genreForm" else next((tag for kind, tag in _TAGS.items() if node.is_a(kind)), "650")


def _work_heading(hub: GraphNode, composing: RecordComposing) -> tuple[str, str, Parts]:
    agent = hub.node("contribution").node("agent")
    title = hub_title(hub, hub)
    if not agent:
        return "630", "0", title
    parts = name_parts(agent, composing)
    named = [*parts, *as_title_of_name(title)]
    return f"6{agent_kind(agent)}", name_indicator(agent, parts), [*named, *authority_numbers(agent, composing.forms)]


def _vocabulary(tag: str, scheme: str, composing: RecordComposing) -> tuple[str, str]:
    """Return the second indicator and the $2 for a vocabulary."""
    if not scheme or composing.forms.is_own(scheme):
        return "4", ""
    if tag not in NO_INDICATOR and scheme in _INDICATORS:
        return _INDICATORS[scheme], ""
    return " " if tag == "662" else "7", composing.forms.source(scheme)


def _norms(node: GraphNode) -> list[str]:
    """Return the written norm of a Norwegian label."""
    languages = [label.language or "" for label in node.literals("rdfs:label")]
    return [_NORMS[language] for language in languages[:1] if language in _NORMS]


def compose_index_terms(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 653: the index terms of a kind in one field where the source writes them so, else each in its own."""
    terms = _index_terms(composing.nodes.work)
    if composing.nodes.profile.practice.has_joined_terms:
        for kind, nodes in terms.items():
            yield from make_fields("653", f" {kind}", each("a", [label for node in nodes for label in _labels(node)]))
        return
    for kind, nodes in terms.items():
        for node in nodes:
            yield from make_fields("653", f" {kind}", _index_term(node, composing))


def _index_term(node: GraphNode, composing: RecordComposing) -> Parts:
    numbers = authority_numbers(node, composing.forms)
    return [*each("a", _labels(node)), *numbers, *own_parts_of_heading("653", node, composing.nodes.profile)]


def _index_terms(work: GraphNode) -> dict[str, list[GraphNode]]:
    """Return the index terms by the second indicator of their kind."""
    terms: dict[str, list[GraphNode]] = {}
    for name in ("subject", "genreForm"):
        for node in filter(is_index_term, work.nodes(name)):
            terms.setdefault(_kind(node), []).append(node)
    return terms


def _kind(node: GraphNode) -> str:
    return next((indicator for kind, indicator in _KINDS.items() if node.is_a(kind)), " ")


_KINDS = {"Person": "1", "Organization": "2", "Meeting": "3", "Temporal": "4", "Place": "5", "GenreForm": "6"}

COMPOSERS = (Composer(compose_subjects, is_paired=True), Composer(compose_index_terms))
