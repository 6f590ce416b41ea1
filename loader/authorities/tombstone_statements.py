"""What remains of an authority record that is no more: when and why, and what is in its place.

A page of the record's entity leads to the one that replaced it (301), or says what it may be now (410).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from loader.identifiers import resource
from loader.marc.identity.number_changes import REPLACED, NumberChange
from loader.namespaces import DCTERMS, OWL, PROV, RDFS, SKOS, XSD
from loader.sources.graph_stream import Record

_TIME = "%Y%m%d%H%M%S"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Return why a record is no more, by what became of its number and by language."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def is_gone(change: NumberChange | None) -> bool:
    """Return whether what became of a number ends its use; a name of several persons is still used."""
    return change is not None and change.status in _words()


def tombstone(entity: str, change: NumberChange, successors: Sequence[str], time: str = "") -> Record:
    """Return what remains of an entity; `successors` are IRIs, and `time` is field 005 of its record."""
    node = ox.NamedNode(entity)
    return [ox.Triple(node, *pair) for pair in _pairs(change, successors, time)]


def _pairs(
    change: NumberChange, successors: Sequence[str], time: str
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    yield ox.NamedNode(str(OWL.deprecated)), ox.Literal(value=True)
    if when := _date_time(time):
        yield ox.NamedNode(str(PROV.invalidatedAtTime)), ox.Literal(when, datatype=ox.NamedNode(str(XSD.dateTime)))
    for language, words in _words()[change.status].items():
        yield ox.NamedNode(str(SKOS.changeNote)), ox.Literal(words, language=language)
    name = DCTERMS.isReplacedBy if change.status == REPLACED else RDFS.seeAlso
    for successor in successors:
        yield ox.NamedNode(str(name)), ox.NamedNode(successor)


def _date_time(time: str) -> str:
    """Return field 005 as xsd:dateTime, or an empty text where it is none."""
    try:
        return f"{datetime.strptime(time[:14], _TIME).isoformat()}Z"  # 005 has no time zone
    except ValueError:
        return ""


def thing_iri(kind: str, scheme: str, number: str) -> str:
    """Return the IRI of an agent, a hub or a concept by its number in an authority file."""
    return str(resource("concept", scheme, number) if kind == "concept" else resource(kind, f"{scheme}-{number}"))
