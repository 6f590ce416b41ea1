"""Files of decisions, which people read and fill in: a row of a table for each, its cells parted by tabs.

A rule's answer stands in the column `answer`. A person writes `yes` or `no` (`ja`, `nei`) in `decision`, and who and
when in `decided_by` and `decided_on`, or once for all rows in the head. Several values in a cell are parted by “|”.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, TextIO, TypeVar

from nbkg.decisions.pair_decision import CONFIRMED, Answer, Decision, DecisionKind, Evidence, Person, parse_person
from nbkg.decisions.table_head import COLUMNS, TableHead, read_table_head
from nbkg.errors import DataError
from nbkg.rdf.decoding import decode_stream

_T = TypeVar("_T")
_IS_ONE = {"yes": True, "ja": True, "no": False, "nei": False}
"""What a person writes, and whether it says that the things are one."""
_KINDS = {kind.value: kind for kind in DecisionKind}
_ANSWERS = {answer.value: answer for answer in Answer}


class _Dialect(csv.excel_tab):
    lineterminator = "\n"


@dataclass(frozen=True)
class DecisionFault:
    """What is wrong in one line of a file of decisions."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}"


@dataclass(frozen=True)
class DecisionTable:
    """A file of decisions while it is read: its head, and its rows, which can be read once."""

    head: TableHead
    rows: Iterator[Decision | DecisionFault]
    """The decisions and the faults, in order: a row with a fault is no decision, and the others are read."""


def read_decision_table(stream: IO[bytes], file: str) -> DecisionTable:
    """Return the decisions of a file. Raises DataError where its head cannot be read, or it is not Unicode."""
    text = io.TextIOWrapper(decode_stream(stream), encoding="utf-8", newline="")
    with ExitStack() as stack:
        stack.callback(text.detach)
        head = _read_head(text, file)
        stack.pop_all()
    return DecisionTable(head, _read_rows(text, head, file))


def write_decision_table(
    stream: TextIO, decisions: Iterable[Decision], values: Mapping[str, str], other_columns: Sequence[str] = ()
) -> None:
    """Write decisions as a file that people can fill in; `values` stand in its head for all rows."""
    stream.writelines(f"# {name}: {value}\n" for name, value in values.items())
    csv.writer(stream, _Dialect).writerow([*COLUMNS, *other_columns])
    append_rows(stream, decisions, other_columns)


def append_rows(stream: TextIO, decisions: Iterable[Decision], other_columns: Sequence[str] = ()) -> None:
    """Write the rows of decisions behind others of the same columns."""
    columns = [*COLUMNS, *other_columns]
    writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore", dialect=_Dialect)
    writer.writerows(map(_cells, decisions))


def _read_head(text: TextIO, file: str) -> TableHead:
    try:
        return read_table_head(text, file)
    except UnicodeDecodeError as error:
        raise DataError(_not_unicode(error), file=file) from error


def _read_rows(text: io.TextIOWrapper, head: TableHead, file: str) -> Iterator[Decision | DecisionFault]:
    table = csv.reader(text, delimiter="\t", strict=True)
    line = head.line + 1
    try:
        while (cells := _next_row(table)) is not None:
            if isinstance(cells, DataError) or any(cells):
                yield _read(cells, head, file, line)
            line = head.line + table.line_num + 1
    except UnicodeDecodeError as error:
        raise DataError(_not_unicode(error), file=file) from error
    finally:
        text.detach()  # whoever opened the file closes it


def _next_row(table: Iterator[list[str]]) -> list[str] | DataError | None:
    """Return the next row, the error of one that is no row, or None at the end."""
    try:
        return next(table, None)
    except csv.Error as error:
        return DataError(f"the row cannot be read ({error}); double each quotation mark within a quoted cell")


def _read(cells: list[str] | DataError, head: TableHead, file: str, line: int) -> Decision | DecisionFault:
    try:
        if isinstance(cells, DataError):
            raise cells
        return _decision({**head.values, **_own_values(cells, head)}, head.other_columns)
    except DataError as error:
        return DecisionFault(file, line, error.problem)


def _own_values(cells: Sequence[str], head: TableHead) -> dict[str, str]:
    """Return the cells with a value by their columns. Raises DataError where there are more cells than columns."""
    if any(cells[len(head.columns) :]):
        raise DataError(f"the row has {len(cells)} cells for {len(head.columns)} columns; quote a cell with a tab")
    return {name: text for name, cell in zip(head.columns, cells, strict=False) if (text := cell.strip())}


def _decision(values: Mapping[str, str], other_columns: Sequence[str]) -> Decision:
    kind = _one_of(_KINDS, values.get("kind", DecisionKind.LINK), "kind")
    answer, person = _answer(kind, values)
    return Decision(
        kind,
        tuple(filter(None, [values.get("thing", ""), *_split(values.get("other", ""))])),
        answer,
        rule=values.get("rule", ""),
        evidence=tuple(map(_feature, _split(values.get("evidence", "")))),
        score=_number(values.get("score", "")),
        run=values.get("run", ""),
        person=person,
        names=_names(values),
        note=values.get("note", ""),
        other_cells=tuple((name, values[name]) for name in other_columns if name in values),
    )


def _answer(kind: DecisionKind, values: Mapping[str, str]) -> tuple[Answer, Person | None]:
    """Return the answer of a person where there is one, else that of the rule."""
    written = values.get("decision", "").lower()
    if written:
        is_one = _one_of(_IS_ONE, written, "decision")
        person = parse_person(values.get("decided_by", ""), values.get("decided_on", ""))
        return (CONFIRMED[kind] if is_one else Answer.REFUSED), person
    return _one_of(_ANSWERS, values.get("answer", Answer.PROPOSED), "answer"), None


def _one_of(choices: Mapping[str, _T], text: str, column: str) -> _T:
    if text not in choices:
        raise DataError(f"{column}: “{text}” is unknown; write one of {', '.join(choices)}")
    return choices[text]


def _number(text: str) -> float | None:
    try:
        score = float(text) if text else None
    except ValueError as error:
        raise DataError(f"score: “{text}” is no number; write one from 0 to 100 with a point") from error
    if score is not None and not 0 <= score <= 100:
        raise DataError(f"score: {text} is not from 0 to 100")
    return score


def _names(values: Mapping[str, str]) -> tuple[str, ...]:
    names = (values.get("thing_name", "").replace(r"\|", "|"), *_split(values.get("other_name", "")))
    return names if any(names) else ()


def _feature(text: str) -> Evidence:
    name, _, value = text.partition("=")
    return name, value


def _split(cell: str) -> list[str]:
    """Return the values of a cell: “|” parts them, and “\\|” stands for one within a value."""
    parts = cell.replace(r"\|", "\0").split("|") if cell else []
    return [part.strip().replace("\0", "|") for part in parts]


def _joined(values: Iterable[str]) -> str:
    return "|".join(value.replace("|", r"\|") for value in values)


def _cells(decision: Decision) -> dict[str, str]:
    person = decision.person
    is_one = decision.answer is CONFIRMED[decision.kind]
    return {
        "kind": decision.kind,
        "answer": decision.answer,
        "score": "" if decision.score is None else f"{decision.score:g}",
        "thing": decision.members[0],
        "thing_name": _joined(decision.names[:1]),
        "other": _joined(decision.members[1:]),
        "other_name": _joined(decision.names[1:]),
        "rule": decision.rule,
        "evidence": _joined(f"{name}={value}" for name, value in decision.evidence),
        "run": decision.run,
        "decision": ("yes" if is_one else "no") if person else "",
        "decided_by": person.name if person else "",
        "decided_on": person.when if person else "",
        "note": decision.note,
        **dict(decision.other_cells),
    }


def _not_unicode(error: UnicodeDecodeError) -> str:
    return f"byte {error.start} is not UTF-8; save the file as UTF-8 (in a spreadsheet: “Unicode text”)"
