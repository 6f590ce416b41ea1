"""Fields in another script (880), made of the texts that the graph has in one.

https://www.loc.gov/marc/bibliographic/ecbdcntf.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from loader.marc.fields.linking_fields import PROPERTIES
from loader.marc.writing.catalogue_graph import GraphNode, script_of
from loader.marc.writing.composer import Composer, RecordComposing
from nbkg.records.record import MarcField

_SCRIPTS = {
    "Arab": "(3",
    "Latn": "(B",
    "Cyrl": "(N",
    "Grek": "(S",
    "Hebr": "(2",
    "Hani": "$1",
    "Jpan": "$1",
    "Kore": "$1",
}
"""By script (ISO 15924) the code that $6 has for it."""
_WORDS = frozenset("abcgnptq")
_NEAR = (
    *("title", "contribution", "agent", "note", "provisionActivity", "place", "extent", "expressionOf", "hasSeries"),
    *PROPERTIES.values(),
)
"""Properties that lead to nodes whose texts a field in another script may have."""
_DEPTH = 3


def with_scripts(composers: Iterable[Composer], composing: RecordComposing) -> Iterator[MarcField]:
    """Yield the fields of all composers, and for each field that the graph has in another script an 880."""
    scripts = _scripts(composing)
    numbers = count(1)
    for composer in composers:
        fields = list(composer.compose(composing))
        if scripts and composer.is_paired:
            fields = list(_paired(composer, fields, composing, numbers))
        yield from fields


def _scripts(composing: RecordComposing) -> list[str]:
    """Return the scripts of the texts that are near the nodes of a record, in order."""
    nodes = composing.nodes
    near = {nodes.instance, nodes.work, nodes.hub}
    edge = set(near)
    for _step in range(_DEPTH):
        edge = {other for node in edge for name in _NEAR for other in node.nodes(name)} - near
        near |= edge
    return sorted({script for node in near for script in _scripts_of(node)} - {""})


def _scripts_of(node: GraphNode) -> set[str]:
    names = node.graph.about(node.term)
    return {script_of(literal) for name in names for literal in node.literals(name)}


def _paired(
    composer: Composer, fields: list[MarcField], composing: RecordComposing, numbers: Iterator[int]
) -> Iterator[MarcField]:
    """Yield fields, and those in other scripts joined to the field of the same tag that has no partner yet."""
    left = list(fields)
    for script in _scripts(composing):
        for field in _in_script(composer, composing, script):
            partner = next((each for each in left if each.tag == field.tag), None)
            if partner is not None:
                left.remove(partner)
            yield from _joined(field, partner, script, next(numbers) if partner else 0)
    yield from left


def _in_script(composer: Composer, composing: RecordComposing, script: str) -> list[MarcField]:
    """Return the fields that have words in a script."""
    other = replace(composing, nodes=composing.nodes.in_script(script))
    return [field for field in composer.compose(other) if any(code in _WORDS for code, _value in field.subfields)]


def _joined(field: MarcField, partner: MarcField | None, script: str, number: int) -> Iterator[MarcField]:
    code = _SCRIPTS.get(script.rpartition("-")[2].title(), "")
    link = f"{field.tag}-{number:02}{f'/{code}' if code else ''}"
    yield MarcField("880", field.indicators, (("6", link), *field.subfields))
    if partner is not None:
        yield MarcField(partner.tag, partner.indicators, (("6", f"880-{number:02}"), *partner.subfields))
