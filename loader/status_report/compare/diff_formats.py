"""A difference of two reports as text, Markdown, JSON or Turtle."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.namespaces import DCTERMS, EDTF, NBKG, PREFIXES, RDF
from loader.status_report.compare.report_diff import Change, ReportDiff, Value
from loader.status_report.quotes import Triple
from nbkg.rdf.canonical import canonical_graph

_PROPERTIES = {"references": DCTERMS.references, "milestones": NBKG.milestone}


def as_json(diff: ReportDiff) -> str:
    """Return the difference as JSON, keys in the documented order."""
    return json.dumps(diff.as_json(), ensure_ascii=False, indent=2)


def as_text(diff: ReportDiff) -> str:
    """Return the difference for a terminal, one measure a paragraph."""
    lines = [f"From {diff.old.issued} to {diff.new.issued}", ""]
    lines += [f"new       {diff.names[iri]}" for iri in diff.added]
    lines += [f"gone      {diff.names[iri]}" for iri in diff.removed]
    for iri, changes in _grouped(diff):
        lines.append(f"changed   {diff.names[iri]}")
        lines += [f"          {c.field}: {_as_words(c.before)}  →  {_as_words(c.after)}" for c in changes]
    return "\n".join(lines if len(lines) > 2 else [*lines, "nothing changed"])


def as_markdown(diff: ReportDiff) -> str:
    """Return the difference as a Markdown page."""
    lines = [f"# Changes from {diff.old.issued} to {diff.new.issued}", ""]
    for title, iris in (("New measures", diff.added), ("Measures no longer reported", diff.removed)):
        if iris:
            lines += [f"## {title}", "", *(f"- [{_escaped(diff.names[iri])}]({iri})" for iri in iris), ""]
    if diff.changed:
        lines += ["## Changed measures", ""]
    for iri, changes in _grouped(diff):
        lines += [f"### [{_escaped(diff.names[iri])}]({iri})", "", "| field | before | after |", "| --- | --- | --- |"]
        lines += [f"| {c.field} | {_escaped(_as_words(c.before))} | {_escaped(_as_words(c.after))} |" for c in changes]
        lines.append("")
    return "\n".join(lines if len(lines) > 2 else [*lines, "Nothing changed."])


def as_turtle(diff: ReportDiff) -> str:
    """Return the difference as Turtle: one `nbkg:Change` for each field of each measure."""
    graph = Graph()
    graph += _triples(diff)
    return canonical_graph(graph).turtle(PREFIXES).decode()


FORMATS: dict[str, Callable[[ReportDiff], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "turtle": as_turtle,
}


def _grouped(diff: ReportDiff) -> Iterator[tuple[str, list[Change]]]:
    for iri in dict.fromkeys(change.measure for change in diff.changed):
        yield iri, [change for change in diff.changed if change.measure == iri]


def _as_words(value: Value) -> str:
    match value:
        case None | []:
            return "–"
        case str():
            return value.rpartition("/")[2] if value.startswith("https://") else value
        case _:
            return ", ".join(
                f"{v['when'] or 'undated'} {v['outcome']}" if isinstance(v, dict) else _as_words(v) for v in value
            )


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")


def _triples(diff: ReportDiff) -> Iterator[Triple]:
    both = (("added", diff.added), ("removed", diff.removed))
    for kind, iris in both:
        for iri in iris:
            yield from _change(diff, iri, kind, kind)
    for change in diff.changed:
        node = _node(diff, change.measure, change.field)
        yield from _change(diff, change.measure, change.field, "changed")
        yield node, NBKG.onProperty, _PROPERTIES.get(change.field, NBKG[change.field])
        yield from ((node, NBKG.replaces, value) for value in _terms(change.before, change.field))
        yield from ((node, NBKG.replacement, value) for value in _terms(change.after, change.field))


def _node(diff: ReportDiff, measure: str, name: str) -> URIRef:
    key = measure.rpartition("/")[2]
    return identifiers.resource("change", diff.old.issued.isoformat(), diff.new.issued.isoformat(), key, name)


def _change(diff: ReportDiff, measure: str, name: str, kind: str) -> Iterator[Triple]:
    node = _node(diff, measure, name)
    yield node, RDF.type, NBKG.Change
    yield node, NBKG.about, URIRef(measure)
    yield node, NBKG.changeKind, Literal(kind)
    yield node, NBKG.changedFrom, identifiers.report(diff.old.issued)
    yield node, NBKG.changedTo, identifiers.report(diff.new.issued)


def _terms(value: Value, name: str) -> Iterator[URIRef | Literal]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    for one in values:
        if isinstance(one, dict):
            if one["when"]:
                yield Literal(one["when"], datatype=EDTF.edtf)
        elif name in {"comment", "text"}:
            yield Literal(one, lang="nb")
        else:
            yield URIRef(one)
