"""Linking the things of an RDF file by what it says of them, whatever their order in the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from loader.link.records.heading import RecordHeading
from loader.link.records.heading_properties import scheme_properties, year_properties
from loader.link.records.link_job import LinkEvent, LinkJob
from nbkg.matching.entity import Entity
from nbkg.matching.entity_reading import read_entity
from nbkg.matching.roles import read_roles
from nbkg.rdf.grouped_statements import Group, GroupedStatements
from nbkg.rdf.nquads import parse_lines
from nbkg.rdf.statements import inspect_file, read_statements


def link_rdf(job: LinkJob) -> Iterator[LinkEvent]:
    """Yield what becomes of each thing with a name or an identifier; memory does not grow with the file.

    Raises RdfFileError for a file that does not parse.
    """
    with tempfile.TemporaryDirectory(prefix="nbkg-link-") as folder:
        statements = GroupedStatements(Path(folder))
        file = inspect_file(job.file)
        statements.add(f"{triple} .\n".encode() for triple, _ in read_statements(file, job.advance))
        for group in statements.groups():
            yield from (job.link(heading) for heading in _headings(group, job))


def _headings(group: Group, job: LinkJob) -> Iterator[RecordHeading]:
    """Yield the heading of a subject, where it is an IRI with a name, and of the kind that is sought or of none."""
    subject, statements = group
    if not subject.startswith(b"<"):
        return
    quads = parse_lines(b"%b %b %b .\n" % (subject, prop, value) for prop, value, _ in statements)
    by_property = read_roles().by_property
    facts = [(by_property[one.predicate.value], _value(one)) for one in quads if one.predicate.value in by_property]
    entity = read_entity(subject[1:-1].decode(), facts).entity
    if (entity.names or entity.variants) and _is_of_kind(entity, job):
        yield _heading(entity, job)


def _is_of_kind(entity: Entity, job: LinkJob) -> bool:
    return not entity.types or not set(job.kind.classes).isdisjoint(entity.types)


def _heading(entity: Entity, job: LinkJob) -> RecordHeading:
    name = (*entity.names, *entity.variants)[0]
    first, last = ("" if year is None else f"{year:04d}" for year in entity.years)
    properties = (*scheme_properties(job.scheme), *year_properties(first, last))
    return RecordHeading(entity.iri, name, entity.identifiers, properties)


def _value(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else str(quad.object)
