"""The journal of a store: entries are on disk when `append_entries` returns, and what is damaged is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from nbkg.errors import DamagedFileError
from nbkg.storage.journal import append_entries, read_entries


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def test_entries_come_back_in_their_order(file: Path) -> None:
    append_entries(file, [{"name": "Bjørg\n«Ås»"}])
    append_entries(file, [{"number": 2}, {"number": 3}])
    assert [*read_entries(file)] == [{"name": "Bjørg\n«Ås»"}, {"number": 2}, {"number": 3}]


def test_a_journal_that_is_not_there_has_no_entries(file: Path) -> None:
    assert [*read_entries(file)] == []


@pytest.mark.parametrize("rest", [b"0", b'00000000 {"number": 9}', b"x" * 200_000])
def test_what_a_killed_writer_left_does_not_count_and_is_dropped(file: Path, rest: bytes) -> None:
    append_entries(file, [{"number": 1}])
    complete = file.read_bytes()
    file.write_bytes(complete + rest)
    assert [*read_entries(file)] == [{"number": 1}]
    append_entries(file, [{"number": 2}])
    assert [*read_entries(file)] == [{"number": 1}, {"number": 2}]
    assert file.read_bytes().startswith(complete)


def test_a_line_without_any_line_end_is_dropped(file: Path) -> None:
    file.write_bytes(b"half an entry")
    append_entries(file, [{"number": 1}])
    assert [*read_entries(file)] == [{"number": 1}]


@pytest.mark.parametrize("position", [0, 5, 12, 17])
def test_an_entry_that_changed_on_disk_is_named_with_its_offset(file: Path, position: int) -> None:
    append_entries(file, [{"number": 1}])
    first = file.stat().st_size
    append_entries(file, [{"number": 2}])
    content = bytearray(file.read_bytes())
    content[first + position] ^= 1
    file.write_bytes(content)
    with pytest.raises(DamagedFileError, match=f"journal: byte {first}: "):
        [*read_entries(file)]
