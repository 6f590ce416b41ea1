"""The decisions that a linking obeys, and the file of proposals that it writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbkg.decisions.decision_journal import read_journal
from nbkg.decisions.decision_table import DecisionFault, read_decision_table, write_decision_table
from nbkg.decisions.pair_decision import Decision, DecisionKind
from nbkg.decisions.precedence import SettledDecisions
from nbkg.errors import DataError, UsageError
from nbkg.storage.layout import is_described

_NAMED_FAULTS = 20


def read_decisions(files: Iterable[Path]) -> list[Decision]:
    """Return the decisions of files in their order. Raises DataError that names each fault by file and line."""
    rows = [row for file in files for row in _rows(file)]
    faults = [row for row in rows if isinstance(row, DecisionFault)]
    if faults:
        more = [f"… and {len(faults) - _NAMED_FAULTS} more"] if len(faults) > _NAMED_FAULTS else []
        raise DataError("\n".join([*map(str, faults[:_NAMED_FAULTS]), *more]))
    return [row for row in rows if isinstance(row, Decision)]


@dataclass(frozen=True)
class KnownAnswers:
    """The answers of persons that a linking obeys."""

    obeyed: Sequence[Decision]
    """The decisions that hold, of files and of the journal of the store."""
    of_files: Sequence[Decision]
    """The decisions of files, which stay in the file of proposals."""

    @property
    def keys(self) -> list[str]:
        """What identifies the answers, in order."""
        return sorted(one.key + one.answer for one in self.obeyed)

    def of_source(self, source: str) -> list[Decision]:
        """Return those on headings and records of a catalogue, and on things with addresses of their own."""
        return [one for one in self.obeyed if _is_of(one, source)]


def read_known_answers(files: Sequence[Path], store: Path, proposals: Path) -> KnownAnswers:
    """Return the answers of persons in files and in the journal of a store.

    Raises DataError as `read_decisions` does, and UsageError where the file that proposals will be written to has
    other answers: they would be lost.
    """
    of_files = [one for one in read_decisions(files) if one.person]
    journal = list(read_journal(store)) if is_described(store) else []
    known = {(one.key, one.answer, one.person) for one in [*of_files, *journal]}
    written = read_decisions([proposals]) if proposals.is_file() else []
    if any(one.person and (one.key, one.answer, one.person) not in known for one in written):
        raise UsageError(
            f"{proposals}: persons have answered in it; read it with --decisions {proposals}, or name another"
        )
    return KnownAnswers(_holding([*of_files, *journal]), _holding(of_files))


def _holding(decisions: Iterable[Decision]) -> list[Decision]:
    settled = (one.decision for one in SettledDecisions(decisions))
    return [one for one in settled if one.kind is DecisionKind.LINK]


def _is_of(decision: Decision, source: str) -> bool:
    return any(member.startswith(f"{source}/") for member in decision.members) or all(
        ":" in member for member in decision.members
    )


def write_proposals(file: Path, personal: Sequence[Decision], proposed: Iterable[Decision]) -> None:
    """Write the answers of persons and the proposals, for a person to fill in."""
    columns = list(dict.fromkeys(name for one in personal for name, _ in one.other_cells))
    with file.open("w", encoding="utf-8", newline="") as stream:
        write_decision_table(stream, [*personal, *proposed], {"kind": "link"}, columns)


def _rows(file: Path) -> Iterator[Decision | DecisionFault]:
    try:
        with file.open("rb") as stream:
            yield from read_decision_table(stream, str(file)).rows
    except OSError as error:
        raise UsageError(f"{file}: cannot be opened ({error.strerror})") from error
