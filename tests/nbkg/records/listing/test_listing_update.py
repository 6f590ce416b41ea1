"""What the listing takes in, and the times that records get."""

from __future__ import annotations

from pathlib import Path

import pytest

from nbkg.records.form import Form
from nbkg.records.listing.intake_journal import FILE as JOURNAL
from nbkg.records.listing.intake_journal import read_intakes
from nbkg.records.listing.listing_file import FILE
from nbkg.records.listing.listing_update import seconds, update_listing
from nbkg.records.listing.record_listing import ListedRecord, Position, Selection, open_record_listing
from nbkg.records.record import MarcField
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.editing import NewEdit, add_edits, withdraw_edit
from nbkg.records.store.edits import EditProvenance, FieldPatch, PatchAction
from nbkg.records.store.entries import RecordNames
from tests.nbkg.records.store.marc_samples import book, names

EVER = 1 << 39
JANUARY, MARCH = seconds("2026-01-01"), seconds("2026-03-01T12:00:00Z")


def _deliver(folder: Path, delivered: str, *records: bytes, source: str = "one") -> None:
    with deliver(folder, source, delivered) as writer:
        for record in records:
            writer.append(Form.ISO2709, record, names(record))


def _listed(folder: Path, **selection: object) -> dict[str, ListedRecord]:
    with open_record_listing(folder) as listing:
        assert listing is not None
        page = listing.page(Selection(EVER, **selection), Position(0), 100)  # type: ignore[arg-type]  # by name
        return {record.name: record for record in page}


def _stamps(folder: Path) -> dict[str, int]:
    return {name: record.stamp for name, record in _listed(folder).items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two records, of which the listing has taken in the first deliveries in January."""
    _deliver(tmp_path, "2025-10-14", book("1", "Sult"), book("2", "Pan"))
    _deliver(tmp_path, "2025-11-01T10:00:00+01:00", book("2", "Pan, ny"))
    report = update_listing(tmp_path, lambda: JANUARY)
    assert report is not None
    assert (report.records, report.problems) == (2, [])
    return tmp_path


def test_records_of_the_first_intake_have_the_times_of_their_deliveries(folder: Path) -> None:
    assert _stamps(folder) == {"one/1": seconds("2025-10-14"), "one/2": seconds("2025-11-01T09:00:00Z")}


def test_what_is_imported_late_has_the_time_at_which_it_became_visible(folder: Path) -> None:
    """Whoever asked in February for all until then asks next for what changed since, and must get it."""
    _deliver(folder, "2025-12-01", book("1", "Sult, ny"))
    _deliver(folder, "2020-01-01", book("9", "Victoria"), source="two")
    update_listing(folder, lambda: MARCH)
    assert _stamps(folder) == {
        "one/2": seconds("2025-11-01T09:00:00Z"),
        "one/1": MARCH + 2,
        "two/9": MARCH + 2,
    }


def test_a_listing_that_was_removed_is_made_again_with_the_same_times(folder: Path) -> None:
    _deliver(folder, "2025-12-01", book("1", "Sult, ny"))
    update_listing(folder, lambda: MARCH)
    before, journal = _listed(folder), (folder / JOURNAL).read_text()
    for file in folder.glob(f"{FILE}*"):
        file.unlink()
    update_listing(folder, lambda: MARCH + 1000)
    assert (_listed(folder), (folder / JOURNAL).read_text()) == (before, journal)


def test_what_is_unchanged_is_not_taken_in_again(folder: Path) -> None:
    before = _stamps(folder)
    _deliver(folder, "2025-12-01", book("1", "Sult"))
    report = update_listing(folder, lambda: MARCH)
    assert report is not None
    assert (report.records, _stamps(folder)) == (0, before)


def test_a_deletion_stays_with_the_sets_of_the_record(folder: Path) -> None:
    with deliver(folder, "one", "2025-12-01") as writer:
        writer.delete(RecordNames("1"))
        writer.delete(RecordNames(oai="oai:x:7"))
    update_listing(folder, lambda: MARCH)
    listed = _listed(folder)
    assert [name for name, record in listed.items() if record.is_deleted] == ["one/1", "one/oai-oai:x:7"]
    assert listed["one/1"].sets == listed["one/2"].sets
    assert listed["one/oai-oai:x:7"].sets == ["source", "source:one"]


def test_an_edit_and_its_withdrawal_change_the_record(folder: Path) -> None:
    patch = FieldPatch(PatchAction.ADD, "913", new=MarcField("913", "  ", [("a", "Norbok")]))
    who = EditProvenance("kari@nb.no", "2025-11-01", "mangler")
    (number,) = add_edits(folder, "one", [NewEdit("1", (patch,), who)])
    update_listing(folder, lambda: MARCH)
    assert list(_listed(folder, spec="bibliography:Norbok")) == ["one/1"]
    assert _stamps(folder)["one/1"] == MARCH + 2
    withdraw_edit(folder, "one", number, who)
    update_listing(folder, lambda: MARCH + 100)
    assert (_listed(folder, spec="bibliography:Norbok"), _stamps(folder)["one/1"]) == ({}, MARCH + 102)


def test_a_record_that_cannot_be_read_is_reported_and_in_no_list(folder: Path) -> None:
    with deliver(folder, "one", "2025-12-01") as writer:
        writer.append(Form.ISO2709, b"00030nam a2200025   4500 damage", RecordNames("3"))
        writer.append(Form.ISO2709, b"00030nam a2200025   4500 damage", RecordNames("2"))
    report = update_listing(folder, lambda: MARCH)
    assert report is not None
    assert [problem.split(": ")[:2] for problem in report.problems] == [["one", "2"], ["one", "3"]]
    assert list(_listed(folder)) == ["one/1"]


def test_one_number_of_two_agencies_makes_two_names(tmp_path: Path) -> None:
    with deliver(tmp_path, "one", "2025-10-14") as writer:
        for agency in ("NO-A", "NO-B", ""):
            writer.append(Form.ISO2709, book("1", f"Bok {agency}"), RecordNames("1", agency))
        writer.append(Form.ISO2709, book("1", "Annen bok"), RecordNames("1"))
    update_listing(tmp_path, lambda: JANUARY)
    assert list(_listed(tmp_path)) == ["one/1", "one/1~NO-B", "one/1~3", "one/1~4"]


def test_an_intake_that_was_killed_before_its_line_gets_one(folder: Path) -> None:
    """Its time is then that of the next look, not that of the delivery, which nobody could see at that time."""
    _deliver(folder, "2025-12-01", book("1", "Sult, ny"))
    update_listing(folder, lambda: MARCH)
    journal = folder / JOURNAL
    journal.write_text("".join(journal.read_text().splitlines(keepends=True)[:-1]) + "one\t3")
    update_listing(folder, lambda: MARCH + 50)
    assert [intake.stamp for intake in read_intakes(folder)] == [None, MARCH + 52]


def test_an_interrupted_update_leaves_the_listing_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _stamps(folder)
    _deliver(folder, "2025-12-01", book("1", "Sult, ny"))

    def interrupt() -> float:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_listing(folder, interrupt)
    assert _stamps(folder) == before
    update_listing(folder, lambda: MARCH)
    assert _stamps(folder)["one/1"] == MARCH + 2
