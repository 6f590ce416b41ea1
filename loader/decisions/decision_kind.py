"""The kind `decisions`: files of decisions become `graph/match-decisions`, each pair with the decision that holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from loader.decisions.decision_triples import decision_stream
from loader.sources.graph_stream import GraphStream
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.decisions.decision_table import DecisionFault, read_decision_table
from nbkg.decisions.pair_decision import Decision
from nbkg.decisions.precedence import SettledDecisions
from nbkg.errors import DataError

_NAMED_FAULTS = 20


class DecisionFiles:
    """Reads the files of all sources together: what a person answers in one holds for what a rule says in another."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:  # noqa: ARG002  # as all kinds
        self._sources = sources
        self._count = 0

    def graphs(self) -> Iterator[GraphStream]:
        """Yield the graph of all sources. Raises DataError that names each row that is no decision."""
        settled = SettledDecisions(self._decisions())
        self._count = len(settled)
        used = tuple(source.iri for source in self._sources)
        yield replace(decision_stream(settled), used=used)

    def warnings(self) -> Sequence[str]:
        """Return nothing: a row that is no decision is an error, since a refusal might be lost."""
        return ()

    def summary(self) -> str:
        """Return how many decisions there are."""
        return f"{self._count:,} decisions"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # nothing has to be remembered
        """Return None: decisions are remembered in their files."""
        return None

    def _decisions(self) -> list[Decision]:
        rows = [row for source in self._sources for row in _rows(source)]
        faults = [str(row) for row in rows if isinstance(row, DecisionFault)]
        if faults:
            raise DataError("\n".join(faults[:_NAMED_FAULTS]))
        return [row for row in rows if isinstance(row, Decision)]


def _rows(source: Source) -> Iterator[Decision | DecisionFault]:
    for document in open_source(source):
        yield from read_decision_table(document.stream, document.name).rows
