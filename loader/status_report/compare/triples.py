"""A difference of two reports as text, Markdown, JSON or Turtle."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.namespaces import DCTERMS, EDTF, NBKG, PREFIXES, RDF
from loader.status_report.compare.compare import Change, Difference, Value
from loader.status_report.quotes import Triple
from nbkg.rdf.canonical import canonical_graph

_PROPERTIES = {"references": DCTERMS.references, "milestones": NBKG.milestone}


def as_json(found: Difference) -> str:
    """The difference as JSON, keys in the documented order."""
    return json.dumps(found.as_json(), ensure_ascii=False, indent=2)


def as_text(found: Difference) -> str:
    """The difference for a terminal, one measure a paragraph."""
    lines = [f"From {found.old.issued} to {found.new.issued}", ""]
    lines += [f"new       {found.names[iri]}" for iri in found.added]
    lines += [f"gone      {found.names[iri]}" for iri in found.removed]
    for iri, changes in _grouped(found):
        lines.append(f"changed   {found.names[iri]}")
        lines += [f"          {c.field}: {_told(c.before)}  →  {_told(c.after)}" for c in changes]
    return "\n".join(lines if len(lines) > 2 else [*lines, "nothing changed"])


def as_markdown(found: Difference) -> str:
    """The difference as a Markdown page."""
    lines = [f"# Changes from {found.old.issued} to {found.new.issued}", ""]
    for title, iris in (("New measures", found.added), ("Measures no longer reported", found.removed)):
        if iris:
            lines += [f"## {title}", "", *(f"- [{_escaped(found.names[iri])}]({iri})" for iri in iris), ""]
    if found.changed:
        lines += ["## Changed measures", ""]
    for iri, changes in _grouped(found):
        lines += [f"### [{_escaped(found.names[iri])}]({iri})", "", "| field | before | after |", "| --- | --- | --- |"]
        lines += [f"| {c.field} | {_escaped(_told(c.before))} | {_escaped(_told(c.after))} |" for c in changes]
        lines.append("")
    return "\n".join(lines if len(lines) > 2 else [*lines, "Nothing changed."])


def as_turtle(found: Difference) -> str:
    """The difference as Turtle: one `nbkg:Change` for each field of each measure."""
    graph = Graph()
    for triple in _triples(found):
        graph.add(triple)
    return canonical_graph(graph).turtle(PREFIXES).decode()


FORMATS: dict[str, Callable[[Difference], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "turtle": as_turtle,
}


def _grouped(found: Difference) -> Iterator[tuple[str, list[Change]]]:
    for iri in dict.fromkeys(change.measure for change in found.changed):
        yield iri, [change for change in found.changed if change.measure == iri]


def _told(value: Value) -> str:
    match value:
        case None | []:
            return "–"
        case str():
            return value.rpartition("/")[2] if value.startswith("https://") else value
        case _:
            return ", ".join(f"{v['when']} {v['outcome']}" if isinstance(v, dict) else _told(v) for v in value)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")


def _triples(found: Difference) -> Iterator[Triple]:
    both = (("added", found.added), ("removed", found.removed))
    for kind, iris in both:
        for iri in iris:
            yield from _change(found, iri, kind, kind)
    for change in found.changed:
        node = _node(found, change.measure, change.field)
        yield from _change(found, change.measure, change.field, "changed")
        yield node, NBKG.onProperty, _PROPERTIES.get(change.field, NBKG[change.field])
        yield from ((node, NBKG.replaces, value) for value in _terms(change.before, change.field))
        yield from ((node, NBKG.replacement, value) for value in _terms(change.after, change.field))


def _node(found: Difference, measure: str, name: str) -> URIRef:
    key = measure.rpartition("/")[2]
    return identifiers.thing("change", found.old.issued.isoformat(), found.new.issued.isoformat(), key, name)


def _change(found: Difference, measure: str, name: str, kind: str) -> Iterator[Triple]:
    node = _node(found, measure, name)
    yield node, RDF.type, NBKG.Change
    yield node, NBKG.about, URIRef(measure)
    yield node, NBKG.changeKind, Literal(kind)
    yield node, NBKG.changedFrom, identifiers.report(found.old.issued)
    yield node, NBKG.changedTo, identifiers.report(found.new.issued)


def _terms(value: Value, name: str) -> Iterator[URIRef | Literal]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    for one in values:
        if isinstance(one, dict):
            yield Literal(one["when"], datatype=EDTF.edtf)
        elif name in {"comment", "text"}:
            yield Literal(one, lang="nb")
        else:
            yield URIRef(one)
