"""The statements that the nodes of a profile make of a record."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from loader.json_records.json_path import JsonValue, walk_each
from loader.json_records.json_profile import JsonProfile, ObjectTemplate, ProfileGroup, ProfileNode
from loader.json_records.record_values import Report, ValueReader, Values, is_wanted
from loader.tables.table_description import fill_template, fill_text


def record_statements(profile: JsonProfile, record: JsonValue, known: Values, report: Report) -> Iterator[ox.Triple]:
    """Yield the statements of a record, some of them more than once; report values that no statement can hold."""
    reader = ValueReader(profile.tables, report)
    values = reader.read(profile.variables, record, known)
    for group in profile.groups:
        for each in _scopes(group, record, reader, values):
            yield from (triple for node in group.nodes for triple in node_statements(node, each, report))


def _scopes(group: ProfileGroup, record: JsonValue, reader: ValueReader, values: Values) -> Iterator[Values]:
    """Yield the values for each time that the nodes of a group are made."""
    *outer, inner = group.each or ("@value",)
    for located in walk_each(record, outer[0] if outer else "@value"):
        of_place = reader.read(group.outer, located, values)
        for each in walk_each(located, inner):
            yield reader.read(group.variables, each, of_place)


def node_statements(node: ProfileNode, values: Values, report: Report) -> Iterator[ox.Triple]:
    """Yield the statements of a node, and the one that leads to it; none where it lacks what it needs."""
    about = fill_template(node.about, values) if is_wanted(node.needs, node.unless, values) else None
    if about is None:
        return
    if node.link and (subject := fill_template(node.link[0], values)):
        yield from _statement(subject, node.link[1], ObjectTemplate(iri="{+about}"), {"about": about}, report)
    for predicate, template in node.statements:
        yield from _statement(about, predicate, template, values, report)


def _statement(
    subject: str, predicate: str, template: ObjectTemplate, values: Values, report: Report
) -> Iterator[ox.Triple]:
    try:
        value = _term(template, values)
        if value is not None:
            yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
    except ValueError:
        report(f"the value of {predicate} can stand in no statement; it was left out")


def _term(template: ObjectTemplate, values: Values) -> ox.NamedNode | ox.Literal | None:
    """Return the object of a statement; None where a variable in it has no value. Raises ValueError for no IRI."""
    if template.iri:
        iri = fill_template(template.iri, values)
        return ox.NamedNode(iri) if iri else None
    text, language = fill_text(template.text, values), fill_text(template.language, values)
    if text is None or language is None:
        return None
    if template.datatype:
        return ox.Literal(text, datatype=ox.NamedNode(template.datatype))
    return ox.Literal(text, language=language or None)
