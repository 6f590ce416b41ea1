"""Fields that a source uses in its own way: the statements that its profile makes of them, read backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loader import namespaces
from loader.marc.fields.rule_table import is_local
from loader.marc.profiles.marc_profile import LocalField, LocalSubfield, MarcProfile
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from nbkg.records.record import MarcField

_SUBJECTS = ("record", "instance", "work")
_AGENT, _NOTE = f"{namespaces.BF}Agent", f"{namespaces.BF}Note"


def compose_local_fields(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield the local fields: one with several subfields about the record, or one for each value of a subfield."""
    profile = composing.nodes.profile
    for tag, local in profile.local_fields.items():
        if not local.read_as and is_local(tag) and tag not in profile.item_fields:
            for subfields in _fields_of(local, composing):
                yield from make_fields(tag, "  ", [*subfields, *local.fixed])


def _fields_of(local: LocalField, composing: RecordComposing) -> list[Parts]:
    leading = [_values_of(code, meaning, local, composing) for code, meaning in _leading(local)]
    if all(len(each) < 2 for each in leading):
        return [[part for values in leading for parts in values for part in parts]]
    return [parts for values in leading for parts in values]


def _leading(local: LocalField) -> list[tuple[str, LocalSubfield]]:
    """Return the subfields that say something of the record, the instance or the work."""
    return [each for each in local.subfields.items() if each[1].predicate and each[1].subject in _SUBJECTS]


def _values_of(code: str, meaning: LocalSubfield, local: LocalField, composing: RecordComposing) -> list[Parts]:
    """Return, for each value of a subfield, it and those that say something of what it became."""
    following = _meanings(local, "before")
    return [[(code, text), *_own_parts(node, following)] for node, text in _resources(meaning, composing)]


def _resources(meaning: LocalSubfield, composing: RecordComposing) -> list[tuple[GraphNode, str]]:
    """Return the resources that a subfield became, each with its text; a literal is no resource."""
    subject: GraphNode = getattr(composing.nodes, meaning.subject)
    if not meaning.kind:
        return []
    return [(node, text) for node in _values(subject, meaning) for text in _texts(node, meaning)]


def as_of_source(tag: str, data: str, composing: RecordComposing) -> str:
    """Return a control field with the positions that the source codes in its own way, and leaves blank."""
    profile = composing.nodes.profile
    first, end = profile.practice.uncoded
    coded = list(data[:first] + " " * (end - first) + data[end:])
    for code, meaning in profile.local_fields.get(tag, LocalField()).subfields.items():
        if code.isdigit():
            coded[int(code)] = next(iter(_own_texts(meaning, composing)), " ")
    return "".join(coded)


def _own_texts(meaning: LocalSubfield, composing: RecordComposing) -> list[str]:
    return [text for _node, text in _resources(meaning, composing)]


def own_parts_of_heading(tag: str, node: GraphNode, profile: MarcProfile) -> Parts:
    """Return the subfields of the source's own that say something of what a heading names."""
    local = profile.local_fields.get(tag)
    if local is None:
        return []
    following, own = _meanings(local, "before"), _meanings(local, "heading")
    values = [value for meaning in own.values() if meaning.kind for value in _values(node, meaning)]
    return [*_own_parts(node, own), *(part for value in values for part in _own_parts(value, following))]


def _meanings(local: LocalField, subject: str) -> dict[str, LocalSubfield]:
    return {code: meaning for code, meaning in local.subfields.items() if meaning.subject == subject}


def _literals(node: GraphNode, meaning: LocalSubfield) -> list[str]:
    return node.values(meaning.predicate.strip("<>"))


def _own_parts(node: GraphNode, meanings: Mapping[str, LocalSubfield]) -> Parts:
    """Return the subfields that became statements about a node."""
    return [(code, text) for code, meaning in meanings.items() for text in _texts_of(node, meaning)]


def _texts_of(node: GraphNode, meaning: LocalSubfield) -> list[str]:
    """Return the texts of what a subfield became: a literal, or resources with texts."""
    if not meaning.kind:
        return _literals(node, meaning)
    return [text for value in _values(node, meaning) for text in _texts(value, meaning)]


def _values(subject: GraphNode, meaning: LocalSubfield) -> list[GraphNode]:
    """Return the resources that a subfield became."""
    nodes = subject.nodes(meaning.predicate.strip("<>"))
    return [node for node in nodes if _is_of(node, meaning)]


def _is_of(node: GraphNode, meaning: LocalSubfield) -> bool:
    kind = meaning.kind.strip("<>")
    if kind not in node.kinds:
        return False
    if kind == _NOTE:
        return meaning.meaning in node.values("noteType")
    return not meaning.scheme or f"/concept/{meaning.scheme}/" in node.iri


def _texts(node: GraphNode, meaning: LocalSubfield) -> list[str]:
    if meaning.kind.strip("<>") == _AGENT:
        return node.values("code")
    return node.values(meaning.text.strip("<>") or "rdfs:label")


COMPOSERS = (Composer(compose_local_fields),)
