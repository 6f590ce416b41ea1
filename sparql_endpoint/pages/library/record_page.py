"""The page of a record: where it comes from, how good it is, and its fields beside the statements that they became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.solutions import text
from nbkg.records.field_tracing import FieldTrace, find_tracer
from nbkg.records.record import MarcField, MarcRecord
from sparql_endpoint.pages.library.description import Description, compact, read_description
from sparql_endpoint.pages.library.record_facts import RecordName, record_facts, record_name
from sparql_endpoint.pages.library.record_store import StoredMarc, find_record
from sparql_endpoint.pages.library.shared_view import shared
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.services.record_listings import records_folder
from sparql_endpoint.services.services import serving

_LEADER = -1
_MAX_STATEMENTS = 40
"""Statements of one field that are shown; the rest is in the data."""


@dataclass(frozen=True)
class FieldStatement:
    """One statement that a field became; `is_there` whether the data has it now."""

    subject: Label
    property: str
    """Its name, or its compact IRI: `bf:mainTitle`."""
    value: Label
    is_in_data: bool


@dataclass(frozen=True)
class FieldRow:
    """A field of the record, what it became, and the subfields that stay in the record only."""

    tag: str
    indicators: str
    subfields: Sequence[tuple[str, str]]
    data: str
    statements: Sequence[FieldStatement]
    more: int
    kept_codes: Sequence[str]
    stands_with: str
    """The tag of the field in Latin script with which the statements of this one stand."""
    is_kept_only: bool
    """Whether nothing of the field reached the data."""


def render(view: ResourceView) -> str:
    """Return the page of a record."""
    record, labels = view.iri, view.labels
    described = read_description([record], labels.serving.store)
    rows = labels.serving.store.select(query("pages/library/described-by"), {"record": record})
    name = record_name(record, labels)
    settings = serving().settings
    stored = find_record(records_folder(settings.records, settings.store), name) if name else None
    return render_template(
        "library/record.html",
        **shared(view, described, "bib_record"),
        facts=record_facts(record, described, labels),
        describes=[labels.of(row["thing"]) for row in rows],
        stored=stored,
        rows=_field_rows(name, stored, labels) if name and stored else (),
        name=name,
    )


def _field_rows(name: RecordName, stored: StoredMarc, labels: Labels) -> Sequence[FieldRow]:
    record = stored.record
    traces = _traces(name, record, labels)
    in_data = _statements_in_data(traces, labels)
    by_place = group_values((trace.position, trace) for trace in traces)
    leader = MarcField("LDR", data=record.leader)
    positions = [(_LEADER, leader), *enumerate(record.fields)]
    return [_row(field, by_place.get(position, ()), in_data, labels) for position, field in positions]


def _traces(name: RecordName, record: MarcRecord, labels: Labels) -> Sequence[FieldTrace]:
    tracer = find_tracer()
    if tracer is None:
        return ()
    rows = labels.serving.store.select(query("pages/library/source-profile"))
    profiles = {text(row, "key"): local_name(text(row, "profile")) for row in rows}
    return tracer(name.source, profiles.get(name.source, ""), record)


def _triples(lines: Sequence[str]) -> list[Triple]:
    document = "".join(f"{line} .\n" for line in lines)
    return [quad.triple for quad in parse(document.encode(), format=RdfFormat.N_TRIPLES)]


def _statements_in_data(traces: Sequence[FieldTrace], labels: Labels) -> Description:
    """Return what the data says of the things that the fields are about."""
    subjects = {triple.subject for trace in traces for triple in _triples(trace.statements)}
    return read_description(sorted((s for s in subjects if isinstance(s, NamedNode)), key=str), labels.serving.store)


def _row(field: MarcField, traces: Sequence[FieldTrace], in_data: Description, labels: Labels) -> FieldRow:
    triples = [triple for trace in traces for triple in _triples(trace.statements)]
    kept_codes = [code for trace in traces for code, _reason in trace.omissions]
    return FieldRow(
        field.tag,
        field.indicators,
        field.subfields,
        field.data,
        [_statement(triple, in_data, labels) for triple in triples[:_MAX_STATEMENTS]],
        max(0, len(triples) - _MAX_STATEMENTS),
        list(dict.fromkeys(kept_codes)),
        _partner(field) if not triples and not kept_codes else "",
        bool(kept_codes) and not triples,
    )


def _statement(triple: Triple, in_data: Description, labels: Labels) -> FieldStatement:
    is_in_data = _is_in_data(triple, in_data)
    return FieldStatement(labels.of(triple.subject), compact(triple.predicate), _value(triple, labels), is_in_data)


def _value(triple: Triple, labels: Labels) -> Label:
    """Return the value; a class is written by its compact IRI."""
    value = triple.object
    if isinstance(value, NamedNode) and triple.predicate.value.endswith("#type"):
        return TextLabel(compact(value))
    return labels.of(value)


def _is_in_data(triple: Triple, in_data: Description) -> bool:
    prop = compact(triple.predicate)
    return isinstance(triple.subject, NamedNode) and triple.object in in_data.values(triple.subject, prop)


def _partner(field: MarcField) -> str:
    """Return the tag that a field in another script points to (https://www.loc.gov/marc/bibliographic/ecbdcntf.html)."""
    link = next(iter(field.values("6")), "") if field.tag == "880" else ""
    return link[:3] if link[:3].isdigit() else ""
