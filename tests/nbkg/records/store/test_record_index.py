"""The index finds what it looks up, and never reads all of itself for one record."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from nbkg.errors import StoreUnavailableError
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_index import NameKind, RecordIndex

LOOK_UPS: dict[str, Callable[[RecordIndex], object]] = {
    "block": lambda index: index.block_of(7),
    "contents": lambda index: list(index.iter_contents(7)),
    "last version": lambda index: index.last_version(7),
    "versions": lambda index: index.versions(7),
    "records": lambda index: index.records_of(NameKind.SYSTEM_NUMBER, "7"),
    "records of control number": lambda index: index.records_of_control_number("7"),
    "edits": lambda index: index.edits(7),
    "edit": lambda index: index.edit(7),
}


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
def test_a_look_up_reads_no_whole_table(tmp_path: Path, look_up: Callable[[RecordIndex], object]) -> None:
    index = RecordIndex(tmp_path / "index.sqlite", is_writable=True, is_new=True)
    statements: list[str] = []
    index._database.set_trace_callback(statements.append)
    look_up(index)
    index._database.set_trace_callback(None)
    assert statements
    for statement in statements:
        steps = [row[3] for row in index._database.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert [step for step in steps if re.search(r"^SCAN|\(kind=\?\)|value>\?\)", step)] == []
    index.close()


def test_an_index_that_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="unable to open"):
        RecordIndex(tmp_path / "none" / "index.sqlite")


def test_a_control_number_is_not_the_beginning_of_another(tmp_path: Path) -> None:
    index = RecordIndex(tmp_path / "index.sqlite", is_writable=True, is_new=True)
    named = [("7", ""), ("7", "B"), ("7", "A"), ("77", ""), ("7 ", ""), ("7\x01", ""), ("", "A")]
    for record, names in enumerate(named, 1):
        index.add_names(RecordNames(*names), record)
    assert index.records_of_control_number("7") == [("", 1), ("B", 2), ("A", 3)]
    index.close()
