"""Publications and the like (260, 264): statements as they are transcribed, or what is known of an activity.

https://www.loc.gov/marc/bibliographic/bd264.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.fields.provision_fields import INDICATORS, STATEMENTS
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.statement_parts import cut_statement
from nbkg.records.record import MarcField

_SINCE = "2011"
"""The year in which MARC 21 defined 264; records before it have 260."""


def has_264(record: GraphNode) -> bool:
    """Return whether a record says who published in 264: one by RDA, or one that names no rules and is not older."""
    rules = codes_of(record.nodes("descriptionConventions"), "descriptionConventions")
    if set(rules) - {"isbd"}:
        return "rda" in rules
    return not record.value("creationDate") or record.value("creationDate") >= _SINCE


def compose_provisions(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 260, or 264 for each function, from the statements; without a statement from places, names and dates."""
    instance = composing.nodes.instance
    kinds = {kind: statements_of(kind, instance) for kind in INDICATORS}
    if has_264(composing.nodes.record) and not composing.nodes.profile.practice.has_old_imprint:
        yield from _fields_264(kinds)
        yield from _notices(instance)
    else:
        yield from _fields_260(kinds)


def _fields_264(kinds: dict[str, list[Parts]]) -> Iterator[MarcField]:
    for kind, statements in kinds.items():
        for subfields in statements:
            yield from make_fields("264", f" {INDICATORS[kind]}", subfields)


def _fields_260(kinds: dict[str, list[Parts]]) -> Iterator[MarcField]:
    """Yield 260 with the manufacture in $e to $g, and 264 for what 260 has no place for."""
    publications, making = kinds.pop("Publication"), kinds.pop("Manufacture")
    if publications and making:
        publications[0] += [(_MAKING[code], text) for code, text in making.pop(0)]
    for subfields in publications:
        yield from make_fields("260", "  ", subfields)
    yield from _fields_264({**kinds, "Manufacture": making})


_MAKING = {"a": "e", "b": "f", "c": "g"}


def statements_of(kind: str, instance: GraphNode) -> list[Parts]:
    """Return the subfields of each statement of one kind of activity."""
    known = _known_texts([node for node in instance.nodes("provisionActivity") if node.is_a(kind)])
    statements = instance.texts(STATEMENTS.get(kind, "provisionActivityStatement"))
    if statements or instance.script:
        return [cut_statement(statement, known) for statement in statements]
    parts = [(code, text) for code, texts in known.items() for text in texts]
    return [parts] if parts else []


def _known_texts(activities: list[GraphNode]) -> dict[str, list[str]]:
    """Return the places, names and dates of activities by the codes of their subfields."""
    return {
        "a": [text for node in activities for text in _labels(node, "place")],
        "b": [text for node in activities for text in _labels(node, "agent")],
        "c": [text for node in activities for text in node.values("date")],
    }


def _labels(activity: GraphNode, name: str) -> list[str]:
    """Return the names of places or agents; a country of the list of MARC is coded in 008."""
    return [text for node in activity.nodes(name) for text in node.texts("rdfs:label")]


def _notices(instance: GraphNode) -> Iterator[MarcField]:
    statements = " ".join(text for name in STATEMENTS.values() for text in instance.texts(name))
    for sign, name in (("©", "copyrightDate"), ("℗", "phonogramDate")):
        for date in instance.values(name):
            if f"{sign}{date}" not in statements:
                yield from make_fields("264", " 4", each("c", [sign + date]))


COMPOSERS = (Composer(compose_provisions, is_paired=True),)
