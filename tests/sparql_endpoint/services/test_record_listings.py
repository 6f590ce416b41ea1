"""The listing is kept up to date while the server runs: little at once, much in the background."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from nbkg.records.form import Form
from nbkg.records.listing.listing_update import UpdateReport, update_listing
from nbkg.records.listing.record_listing import Position, Selection
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from sparql_endpoint.services import record_listings
from sparql_endpoint.services.record_listings import ListingKeeper, ListingNotReadyError, records_folder
from tests.nbkg.records.store.marc_samples import book

_EVER = 1 << 39
_ALL = Selection(_EVER), Position(0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record_listings, "_SECONDS", 0.0)
    _deliver(tmp_path, "1")
    return tmp_path


def _deliver(folder: Path, number: str) -> None:
    with deliver(folder, "one", "2025-10-14") as writer:
        writer.append(Form.ISO2709, book(number, f"Bok {number}"), RecordNames(number))


def _size(keeper: ListingKeeper) -> int:
    with keeper.open() as listing:
        return listing.count(*_ALL)


def test_little_is_taken_in_at_once(folder: Path) -> None:
    keeper = ListingKeeper(folder)
    assert _size(keeper) == 1
    _deliver(folder, "2")
    assert _size(keeper) == 2
    assert _size(ListingKeeper(folder)) == 2


def test_much_is_taken_in_in_the_background(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_answer = threading.Event()

    def update_afterwards(records: Path) -> UpdateReport | None:
        assert first_answer.wait(20)
        return update_listing(records)

    monkeypatch.setattr(record_listings, "_SMALL", 0)
    monkeypatch.setattr(record_listings, "update_listing", update_afterwards)
    keeper = ListingKeeper(folder)
    with pytest.raises(ListingNotReadyError) as raised:
        _size(keeper)
    first_answer.set()
    assert (raised.value.status, raised.value.headers["Retry-After"]) == (503, "30")
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            assert _size(keeper) == 1
            break
        except ListingNotReadyError:
            time.sleep(0.05)
    else:
        pytest.fail("the listing was not made")


def test_a_damaged_source_leaves_the_listing_as_it_was(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    keeper = ListingKeeper(folder)
    assert _size(keeper) == 1
    log = folder / "one" / "records.log"
    log.write_bytes(log.read_bytes()[:-10])
    assert _size(keeper) == 1
    assert "could not be brought up to date" in caplog.text


@pytest.mark.parametrize(
    ("setting", "store", "expected"),
    [("/r", "/s/store", "/r"), ("", "memory:", None), ("", "https://a.example/sparql", None), ("", "", None)],
)
def test_where_the_records_are(setting: str, store: str, expected: str | None) -> None:
    assert records_folder(setting, store) == (Path(expected) if expected else None)
