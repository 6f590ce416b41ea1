"""Fields that a source uses in its own way: the statements that its profile makes of them, read backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loader import namespaces
from loader.marc.profiles.marc_profile import LocalField, LocalSubfield
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from nbkg.records.record import MarcField

_SUBJECTS = ("record", "instance", "work")
_AGENT, _NOTE = f"{namespaces.BF}Agent", f"{namespaces.BF}Note"


def compose_local_fields(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield a field for each resource that the first subfield of a local field became."""
    for tag, local in composing.nodes.profile.local_fields.items():
        if not local.read_as and local.meaning and tag not in composing.nodes.profile.item_fields:
            for subfields in _fields_of(local, composing):
                yield from make_fields(tag, "  ", [*subfields, *local.fixed])


def _fields_of(local: LocalField, composing: RecordComposing) -> Iterator[Parts]:
    following = {code: meaning for code, meaning in local.subfields.items() if meaning.subject == "before"}
    for code, meaning in local.subfields.items():
        if meaning.predicate and meaning.subject in _SUBJECTS:
            for node in _values(getattr(composing.nodes, meaning.subject), meaning):
                yield from ([(code, text), *_own_parts(node, following)] for text in _texts(node, meaning))


def _own_parts(node: GraphNode, meanings: Mapping[str, LocalSubfield]) -> Parts:
    """Return the subfields that became statements about a node."""
    return [
        (code, text)
        for code, meaning in meanings.items()
        for value in _values(node, meaning)
        for text in _texts(value, meaning)
    ]


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
