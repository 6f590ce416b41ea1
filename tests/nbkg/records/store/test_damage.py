"""A store survives what kills its writer, and says which file is damaged and where."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nbkg.errors import DamagedFileError
from nbkg.records.form import Form
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.record_folder import open_for_writing
from nbkg.records.store.record_store import open_records
from tests.nbkg.records.store.marc_samples import book, names

BOOKS = [book(str(number), f"Bok {number * 7919 % 100003} {number}") for number in range(3000)]
WRITER = """
import sys
from pathlib import Path
from nbkg.records.form import Form
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
with deliver(Path(sys.argv[1]), "nb", "2025-01-02") as delivery:
    number = 0
    while True:
        number += 1
        delivery.append(Form.ISO2709, b"%09d" % (number * 7919) * 50, RecordNames(f"x{number}"))
"""


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("delivered")
    append(folder, "2025-01-01", BOOKS)
    return folder


@pytest.fixture
def folder(delivered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(delivered, tmp_path / "records")


def append(folder: Path, day: str, records: list[bytes]) -> None:
    with deliver(folder, "nb", day) as delivery:
        for record in records:
            delivery.append(Form.ISO2709, record, names(record))


def current(folder: Path) -> list[bytes]:
    with open_records(folder, "nb") as store:
        return [record.raw for record in store.iter_records()]


def log(folder: Path) -> Path:
    return folder / "nb" / "records.log"


def index(folder: Path) -> Path:
    return folder / "nb" / "index.sqlite"


def flip(file: Path, offset: int) -> None:
    with file.open("r+b") as stream:
        stream.seek(offset)
        (byte,) = stream.read(1)
        stream.seek(offset)
        stream.write(bytes([byte ^ 1]))


def test_a_writer_that_is_killed_leaves_the_last_delivery(folder: Path) -> None:
    size = log(folder).stat().st_size
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)]) as writer:
        deadline = time.monotonic() + 30
        while log(folder).stat().st_size < size + 20_000 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(writer.pid, signal.SIGKILL)
    assert log(folder).stat().st_size >= size + 20_000
    assert current(folder) == BOOKS
    append(folder, "2025-01-02", [book("new", "Pan")])
    assert current(folder) == [*BOOKS, book("new", "Pan")]
    with open_records(folder, "nb") as store:
        assert [delivery.number for delivery in store.deliveries] == [1, 2]


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_half_a_delivery_is_dropped_wherever_it_was_cut(folder: Path, cut: int) -> None:
    before, known = log(folder).read_bytes(), index(folder).read_bytes()
    append(folder, "2025-01-02", [book("new", "Pan")])
    log(folder).write_bytes(before + log(folder).read_bytes()[len(before) :][:cut])
    index(folder).write_bytes(known)  # the index was not committed
    with open_for_writing(folder, "nb"):
        pass
    assert log(folder).read_bytes() == before
    assert current(folder) == BOOKS


def test_a_delivery_that_is_whole_in_the_file_counts(folder: Path) -> None:
    known = index(folder).read_bytes()
    append(folder, "2025-01-02", [book("new", "Pan")])
    index(folder).write_bytes(known)
    assert current(folder) == BOOKS
    with open_for_writing(folder, "nb"):
        pass
    assert current(folder) == [*BOOKS, book("new", "Pan")]


def test_the_index_is_made_again_and_is_the_same(folder: Path) -> None:
    append(folder, "2025-01-02", [book("1", "Sult"), BOOKS[2], book("new", "Pan")])
    append(folder, "2025-01-03", [BOOKS[1]])
    with open_records(folder, "nb") as store:
        before = [store.versions(record) for record in range(1, 3002)]
        deliveries = store.deliveries
    index(folder).unlink()
    with open_records(folder, "nb") as store:
        assert [store.versions(record) for record in range(1, 3002)] == before
        assert store.deliveries == deliveries
        assert store.find_records("new") == [3001]
        assert store.check_blocks() == 3003


def test_the_index_is_not_made_of_a_file_that_is_damaged_in_the_middle(folder: Path) -> None:
    append(folder, "2025-01-02", [book("new", "Pan")])
    size = log(folder).stat().st_size
    flip(log(folder), 10_000)
    index(folder).unlink()
    for _attempt in range(2):
        with pytest.raises(DamagedFileError), open_records(folder, "nb"):
            pass
        assert log(folder).stat().st_size == size
        assert not index(folder).exists()


@pytest.mark.parametrize("offset", range(0, 29))
def test_a_byte_that_changed_in_a_head_is_reported(folder: Path, offset: int) -> None:
    flip(log(folder), offset)
    with pytest.raises(DamagedFileError, match="no head of a block") as error:
        current(folder)
    assert str(error.value).startswith(f"{log(folder)}: byte 0: ")
    index(folder).unlink()
    with pytest.raises(DamagedFileError, match="no head of a block"):
        current(folder)


def test_a_block_that_changed_is_reported_and_others_are_read(folder: Path) -> None:
    with open_records(folder, "nb") as store:
        second = next(block.end for block in store._log.iter_blocks(0, 1))
    flip(log(folder), second + 100)
    with open_records(folder, "nb") as store:
        assert store.versions(1)[0].raw == BOOKS[0]
        with pytest.raises(DamagedFileError, match=f"records.log: byte {second}: the block is not as it was written"):
            list(store.iter_records())
        with pytest.raises(DamagedFileError, match=f"byte {second}"):
            store.check_blocks()


def test_a_file_that_lost_its_end_is_reported(folder: Path) -> None:
    content = log(folder).read_bytes()
    log(folder).write_bytes(content[:-1])
    for attempt in (lambda: current(folder), lambda: append(folder, "2025-01-02", [])):
        with pytest.raises(DamagedFileError, match=f"byte {len(content) - 1}: the file ends here"):
            attempt()
    assert log(folder).stat().st_size == len(content) - 1


def test_a_damaged_index_says_what_to_do(folder: Path) -> None:
    content = index(folder).read_bytes()
    index(folder).write_bytes(content[:5000] + b"damage" * 1000 + content[11000:])
    with pytest.raises(DamagedFileError, match=r"index\.sqlite: .*remove the file"):
        current(folder)
    index(folder).write_bytes(b"not a database" * 100)
    with pytest.raises(DamagedFileError, match=r"index\.sqlite: .*remove the file"):
        current(folder)
    index(folder).unlink()
    assert current(folder) == BOOKS


def test_the_index_of_another_file_is_reported(folder: Path, tmp_path: Path) -> None:
    append(folder, "2025-01-02", [book("new", "Pan")])
    records = list(reversed(BOOKS))
    with deliver(tmp_path / "other", "nb", "2025-01-01") as delivery:
        for record in records[:2000]:
            delivery.append(Form.ISO2709, record * 2, names(record))
    log(tmp_path / "other").replace(log(folder))
    with pytest.raises(DamagedFileError, match=r"records\.log: byte \d+"):
        current(folder)
