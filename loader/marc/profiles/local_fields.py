"""Reads what a profile says of the fields and subfields that a source uses in its own way."""

from __future__ import annotations

import re

from rdflib import Graph, URIRef

from loader.marc.profiles.marc_profile import LocalField, LocalSubfield
from loader.namespaces import NBKG, SKOS


def read_local_fields(graph: Graph, fields: list[URIRef], subfields: list[URIRef]) -> dict[str, LocalField]:
    """Return the local fields of a profile by tag; of several that explain the same, the last one counts."""
    plain = [node for node in fields if graph.value(node, NBKG.readWhen) is None]
    by_tag = {_text(graph, node, NBKG.fieldTag): _field(graph, node) for node in plain}
    cases = _cases(graph, [node for node in fields if node not in plain])
    codes: dict[str, dict[str, LocalSubfield]] = {}
    for node in subfields:
        own = codes.setdefault(_text(graph, node, NBKG.fieldTag), {})
        own.update((str(code), _subfield(graph, node)) for code in graph.objects(node, NBKG.subfieldCode))
    return {
        tag: _with_subfields(by_tag.get(tag, LocalField()), codes.get(tag, {}), cases.get(tag, {}))
        for tag in sorted({*by_tag, *codes, *cases})
    }


def _cases(graph: Graph, nodes: list[URIRef]) -> dict[str, dict[tuple[str, str], LocalField]]:
    """Return by tag how fields are read that have a subfield with a value; it is dropped when they are read."""
    cases: dict[str, dict[tuple[str, str], LocalField]] = {}
    for node in nodes:
        of_tag = cases.setdefault(_text(graph, node, NBKG.fieldTag), {})
        of_tag.update((pair, _field(graph, node)) for pair in _pairs(graph, node, NBKG.readWhen))
    return cases


def _with_subfields(
    local: LocalField, subfields: dict[str, LocalSubfield], cases: dict[tuple[str, str], LocalField]
) -> LocalField:
    own = {pair: case._replace(subfields=subfields) for pair, case in cases.items()}
    return local._replace(subfields=subfields, cases=own)


def _field(graph: Graph, node: URIRef) -> LocalField:
    read_as, indicators = _text(graph, node, NBKG.readAs), _text(graph, node, NBKG.readIndicators)
    fixed, added = _pairs(graph, node, NBKG.fixedSubfield), _pairs(graph, node, NBKG.addedSubfield)
    return LocalField(_meaning(graph, node), read_as, indicators, fixed=fixed, added=added)


def _pairs(graph: Graph, node: URIRef, predicate: URIRef) -> tuple[tuple[str, str], ...]:
    """Return subfields that are written as one text, the code first."""
    return tuple((text[0], text[1:]) for text in sorted(map(str, graph.objects(node, predicate))))


def _subfield(graph: Graph, node: URIRef) -> LocalSubfield:
    return LocalSubfield(
        _meaning(graph, node),
        read_as=_text(graph, node, NBKG.readAsSubfield),
        subject=_text(graph, node, NBKG.describes) or "instance",
        predicate=_iri(graph, node, NBKG.writesProperty),
        kind=_iri(graph, node, NBKG.valueClass),
        text=_iri(graph, node, NBKG.valueProperty),
        scheme=_text(graph, node, NBKG.valueScheme),
        language=f"@{language}" if (language := _text(graph, node, NBKG.valueLanguage)) else "",
        pattern=_pattern(graph, node),
    )


def _pattern(graph: Graph, node: URIRef) -> re.Pattern[str] | None:
    text = _text(graph, node, NBKG.numberPattern)
    return re.compile(text) if text else None


def _text(graph: Graph, node: URIRef, predicate: URIRef) -> str:
    value = graph.value(node, predicate)
    return "" if value is None else str(value)


def _iri(graph: Graph, node: URIRef, predicate: URIRef) -> str:
    text = _text(graph, node, predicate)
    return f"<{text}>" if text else ""


def _meaning(graph: Graph, node: URIRef) -> str:
    """Return the definition in English, or in the first of the languages that it has."""
    texts = {getattr(text, "language", "") or "": str(text) for text in graph.objects(node, SKOS.definition)}
    return texts.get("en") or (texts[min(texts)] if texts else "")
