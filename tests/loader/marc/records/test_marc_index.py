"""`nbkg marc index`: the listing is brought up to date before a server needs it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from loader.cli import nbkg
from nbkg.errors import NbkgError
from nbkg.records.form import Form
from nbkg.records.listing.listing_file import LOCK
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from nbkg.storage.lock import try_lock
from tests.nbkg.records.store.marc_samples import book


def _index(folder: Path) -> tuple[int, str]:
    """Return the exit code of the command and what it printed, or the error with which it ended."""
    result = CliRunner().invoke(nbkg, ["marc", "index", "--records", str(folder)])
    if isinstance(result.exception, NbkgError):
        return result.exception.exit_code, f"{result.output}{result.exception}"
    return result.exit_code, result.output


def test_what_is_new_is_taken_in(tmp_path: Path) -> None:
    with deliver(tmp_path, "one", "2025-10-14") as writer:
        writer.append(Form.ISO2709, book("1", "Sult"), RecordNames("1"))
    assert _index(tmp_path) == (0, "1 records taken in\n")
    assert _index(tmp_path) == (0, "0 records taken in\n")


def test_a_record_that_cannot_be_given_out_is_named(tmp_path: Path) -> None:
    with deliver(tmp_path, "one", "2025-10-14") as writer:
        writer.append(Form.ISO2709, b"00030nam a2200025   4500 damage", RecordNames("7"))
    code, output = _index(tmp_path)
    assert (code, "not given out: one: 7: " in output) == (1, True)


def test_another_process_is_not_disturbed(tmp_path: Path) -> None:
    with try_lock(tmp_path / LOCK):
        code, output = _index(tmp_path)
    assert (code, "another process" in output) == (3, True)
