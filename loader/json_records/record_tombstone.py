"""What becomes of a record by its status: it is published, a tombstone remains of it, or it stays out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from loader.json_records.json_path import JsonValue, texts_at
from loader.json_records.json_profile import RecordStates
from loader.json_records.record_values import Report, ValueReader, Values
from loader.namespaces import DCTERMS, OWL, PROV, SKOS, XSD
from loader.tables.table_description import fill_template


class RecordState(Enum):
    """What a status means."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"
    WITHHELD = "withheld"


def state_of(states: RecordStates | None, record: JsonValue, report: Report) -> RecordState:
    """Return the state of a record. One with a status that is not described was perhaps never published."""
    if states is None:
        return RecordState.LIVE
    status = next(texts_at(record, states.path), "")
    if status in states.live:
        return RecordState.LIVE
    if status not in states.withdrawn | states.withheld:
        report(f"the status “{status[:40]}” is not described; the record was left out")
    return RecordState.WITHDRAWN if status in states.withdrawn else RecordState.WITHHELD


def tombstone(states: RecordStates, record: JsonValue, known: Values, reader: ValueReader) -> Iterator[ox.Triple]:
    """Yield what remains of a record that was withdrawn: that it is no more, when, why, and what replaces it."""
    values = reader.read(states.variables, record, known)
    about, replacement = (fill_template(template, values) for template in (states.about, states.replacement))
    if about is None:
        return
    node, is_duplicate = ox.NamedNode(about), replacement not in {None, about}
    yield ox.Triple(node, ox.NamedNode(str(OWL.deprecated)), ox.Literal(value=True))
    for language, words in _words()["duplicate" if is_duplicate else "withdrawn"].items():
        yield ox.Triple(node, ox.NamedNode(str(SKOS.changeNote)), ox.Literal(words, language=language))
    if time := values.get("time"):
        when = ox.Literal(time, datatype=ox.NamedNode(str(XSD.dateTime)))
        yield ox.Triple(node, ox.NamedNode(str(PROV.invalidatedAtTime)), when)
    if replacement and is_duplicate:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.isReplacedBy)), ox.NamedNode(replacement))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Return why a record is no more, by language."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
