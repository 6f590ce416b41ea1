"""The decisions that a linking obeys, and the file of proposals that it writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def read_personal(files: Sequence[Path], store: Path) -> list[Decision]:
    """Return the answers of persons that hold, of files and of the journal of a store; others may change in any run.

    Raises DataError as `read_decisions` does.
    """
    journal = list(read_journal(store)) if is_described(store) else []
    settled = SettledDecisions(one for one in [*read_decisions(files), *journal] if one.person)
    return [one.decision for one in settled if one.decision.kind is DecisionKind.LINK]


def check_proposals(file: Path, read: Sequence[Path]) -> None:
    """Raise UsageError where a file of proposals has answers of persons that were not read: they would be lost."""
    is_unread = file.is_file() and file.resolve() not in {one.resolve() for one in read}
    if is_unread and any(one.person for one in read_decisions([file])):
        raise UsageError(f"{file}: persons have answered in it; read it with --decisions {file}, or name another")


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
