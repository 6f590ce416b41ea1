"""The kind `json`: each record of documents in JSON becomes a record of a graph, by the profile of its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from loader.json_records.json_documents import DamagedLine, JsonRecord, read_json_records
from loader.json_records.json_path import texts_at
from loader.json_records.json_profile import JsonProfile, read_json_profile
from loader.json_records.record_statements import record_statements
from loader.json_records.record_tombstone import RecordState, state_of, tombstone
from loader.json_records.record_values import Report, ValueReader, Values, clean_text
from loader.json_records.refusal import find_refusal
from loader.sources.graph_stream import GraphStream, Record
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.records.personal_data import find_personal_number

NAME = "json"


class JsonRecords:
    """Maps the records of sources by their profiles."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:  # noqa: ARG002  # as all kinds
        self._sources = sources
        self._records = 0
        self._warnings: list[str] = []

    def graphs(self) -> Iterator[GraphStream]:
        """Yield the graph of each source. Raises DataError for a document that is no JSON."""
        for source in self._sources:
            profile = read_json_profile(str(source.profile or "").rpartition("/")[2])
            records = self._map(source, RecordMapping(profile, source))
            yield GraphStream(f"{profile.graph}/{source.key}", records, source=source.iri, used=(source.iri,))

    def warnings(self) -> Sequence[str]:
        """Return what was refused, left out or odd, with the file and the record."""
        return self._warnings

    def summary(self) -> str:
        """Return how many records were mapped."""
        number = len(self._sources)
        return f"{self._records:,} records in JSON from {number} {'source' if number == 1 else 'sources'}"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # nothing has to be remembered
        """Return None: no record is recognised from an earlier build."""
        return None

    def _map(self, source: Source, mapping: RecordMapping) -> Iterator[Record]:
        for document in open_source(source):
            for each in read_json_records(document.stream, document.name, mapping.profile.records):
                triples = mapping.map_record(each, partial(self._warn, document.name))
                if triples:
                    self._records += 1
                    yield triples

    def _warn(self, file: str, doubt: str) -> None:
        self._warnings.append(f"{file}: {doubt}")


class RecordMapping:
    """Maps the records of one source, and remembers what two of them may have in common."""

    def __init__(self, profile: JsonProfile, source: Source) -> None:
        self.profile, self._source = profile, source
        self._seen: dict[tuple[str, str], str] = {}

    def map_record(self, each: JsonRecord | DamagedLine, report: Report) -> list[ox.Triple]:
        """Return the statements of a record, each once; none where it is refused, damaged or not published."""
        if isinstance(each, DamagedLine):
            report(f"{each.position} {each.problem}; it was left out")
            return []
        key = clean_text(next(texts_at(each.located, self.profile.key), ""))
        safe = key and not find_personal_number(key)
        report_record = partial(_report, report, f"record {key}" if safe else each.position)
        if refusal := find_refusal(each.located.value, self.profile.numbers_of_things):
            report_record(f"{refusal}: data about people is refused, and nothing of it is kept")
            return []
        if not safe:
            report_record(f"it has no {self.profile.key} to be known by; it was left out")
            return []
        return list(dict.fromkeys(self._statements(each, key, report_record)))

    def _statements(self, each: JsonRecord, key: str, report: Report) -> Iterator[ox.Triple]:
        known = {"key": key, "source": self._source.key}
        states = self.profile.states
        state = state_of(states, each.located, report)
        if state is RecordState.LIVE:
            self._compare(each, known, report)
            yield from record_statements(self.profile, each.located, known, report)
        elif states and state is RecordState.WITHDRAWN:
            yield from tombstone(states, each.located, known, ValueReader(self.profile.tables, report))

    def _compare(self, each: JsonRecord, known: Values, report: Report) -> None:
        """Report a record that has a number in common with an earlier one: they may be one edition."""
        values = ValueReader(self.profile.tables, _ignore).read(self.profile.variables, each.located, known)
        for name in self.profile.candidates:
            if value := values.get(name):
                first = self._seen.setdefault((name, value), known["key"])
                if first != known["key"]:
                    report(f"it has the {name} {value} of record {first}: they may be one edition (rule: same {name})")


def _report(report: Report, subject: str, doubt: str) -> None:
    report(f"{subject}: {doubt}")


def _ignore(doubt: str) -> None:
    """Take no notice: the doubts of a record are reported when it is mapped."""
