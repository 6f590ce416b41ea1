"""Deliveries: what is appended, what costs nothing, what is deleted, and what each delivery left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from nbkg.errors import DataError, StoreUnavailableError, UsageError
from nbkg.records.form import Form
from nbkg.records.store import deliveries, replay
from nbkg.records.store.deliveries import Delivery, Outcome, deliver
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_store import StoredRecord, open_records
from tests.nbkg.records.store.marc_samples import book, iso2709, names

KRISTIN, VICTORIA = book("1", "Kristin Lavransdatter"), book("2", "Victoria")
SULT = book("1", "Sult")
BARE = iso2709(("245", "10\x1faFjellboka"))
OAI_HEADER = RecordNames(oai="oai:x:9")


def append(folder: Path, day: str, *records: bytes, is_complete: bool = False) -> Delivery:
    with deliver(folder, "nb", day, is_complete=is_complete) as delivery:
        for record in records:
            delivery.append(Form.ISO2709, record, names(record), is_deleted=record[5:6] == b"d")
    return delivery.delivery


def current(folder: Path, as_of: int | None = None) -> list[bytes]:
    with open_records(folder, "nb") as store:
        return [record.raw for record in store.iter_records(as_of)]


def history(folder: Path, name: str) -> list[StoredRecord]:
    with open_records(folder, "nb") as store:
        (record,) = store.find_records(name)
        return store.versions(record)


def log_size(folder: Path) -> int:
    return (folder / "nb" / "records.log").stat().st_size


def test_records_come_back_byte_for_byte_in_the_order_of_the_first_delivery(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", VICTORIA, KRISTIN)
    append(tmp_path, "2025-01-02", SULT, VICTORIA)
    assert current(tmp_path) == [VICTORIA, SULT]
    assert current(tmp_path, 1) == [VICTORIA, KRISTIN]


def test_a_delivery_counts_what_it_did(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", VICTORIA, KRISTIN)
    delivery = append(tmp_path, "2025-01-02", SULT, VICTORIA, BARE, book("3", "Pan", status="d"))
    assert delivery == Delivery(2, "2025-01-02", new=1, changed=1, unchanged=1, deleted=1)
    with open_records(tmp_path, "nb") as store:
        assert store.deliveries[1] == delivery


def test_the_same_bytes_again_cost_only_the_note_of_the_delivery(tmp_path: Path) -> None:
    records = [book(str(number), f"Bok {number}") for number in range(500)]
    append(tmp_path, "2025-01-01", *records)
    before = log_size(tmp_path)
    delivery = append(tmp_path, "2025-01-02", *reversed(records))
    assert (delivery.unchanged, delivery.new, delivery.changed) == (500, 0, 0)
    assert log_size(tmp_path) - before < 200


def test_bytes_that_come_back_are_not_stored_again(tmp_path: Path) -> None:
    large = book("1", "".join(chr(ord("a") + number * number % 23) for number in range(9000)))
    for day, record in enumerate((large, SULT, large), 1):
        append(tmp_path, f"2025-01-0{day}", record)
    before = log_size(tmp_path)
    append(tmp_path, "2025-01-04", SULT)
    assert log_size(tmp_path) - before < 300
    assert [version.raw for version in history(tmp_path, "1")] == [large, SULT, large, SULT]
    assert [version.delivery for version in history(tmp_path, "1")] == [1, 2, 3, 4]


def test_records_without_a_control_number_do_not_fall_together(tmp_path: Path) -> None:
    other = iso2709(("245", "10\x1faFjellboken"))
    append(tmp_path, "2025-01-01", BARE, other, BARE)
    append(tmp_path, "2025-01-02", other)
    assert current(tmp_path) == [BARE, other]


def test_the_same_control_number_of_two_agencies_is_two_records(tmp_path: Path) -> None:
    both = [iso2709(("001", "7"), ("003", agency), ("245", "10\x1faPan")) for agency in ("NO-TrBIB", "NO-OsBA")]
    append(tmp_path, "2025-01-01", *both, book("7", "Pan"))
    assert len(current(tmp_path)) == 3
    with open_records(tmp_path, "nb") as store:
        assert store.find_records("7") == [1, 2, 3]
        assert store.find_records("(NO-OsBA)7") == [2]


def test_two_different_records_with_one_number_in_one_file_are_both_there(tmp_path: Path) -> None:
    first = append(tmp_path, "2025-01-01", KRISTIN, SULT, KRISTIN)
    second = append(tmp_path, "2025-01-02", SULT, KRISTIN)
    assert (first.new, first.doubled, second.unchanged) == (2, 1, 2)
    assert current(tmp_path) == [KRISTIN, SULT]


def test_in_a_later_file_of_the_delivery_it_is_a_newer_version(tmp_path: Path) -> None:
    with deliver(tmp_path, "nb", "2025-01-01") as delivery:
        delivery.append(Form.ISO2709, KRISTIN, names(KRISTIN))
        delivery.begin_file()
        assert delivery.append(Form.ISO2709, SULT, names(SULT)) is Outcome.CHANGED
    assert current(tmp_path) == [SULT]


def test_a_record_that_says_it_is_deleted_is_kept_and_not_current(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN)
    gone = book("1", "Kristin Lavransdatter", status="d")
    append(tmp_path, "2025-01-02", gone)
    assert current(tmp_path) == []
    assert [(version.raw, version.is_deleted) for version in history(tmp_path, "1")] == [(KRISTIN, False), (gone, True)]


def test_a_deletion_by_header_finds_the_record_that_came_with_it(tmp_path: Path) -> None:
    with deliver(tmp_path, "nb", "2025-01-01") as delivery:
        delivery.append(Form.ISO2709, KRISTIN, names(KRISTIN)._replace(oai="oai:x:9"))
    with deliver(tmp_path, "nb", "2025-01-02") as delivery:
        assert delivery.delete(OAI_HEADER) is Outcome.DELETED
        assert delivery.delete(OAI_HEADER) is Outcome.UNCHANGED
    assert current(tmp_path) == []
    assert history(tmp_path, "1")[1]._replace(names=RecordNames()) == StoredRecord(
        1, 2, 2, RecordNames(), Form.ISO2709, b"", is_deleted=True
    )
    append(tmp_path, "2025-01-03", KRISTIN)
    assert current(tmp_path) == [KRISTIN]


def test_a_header_that_comes_later_is_known_afterwards(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN)
    with deliver(tmp_path, "nb", "2025-01-02") as delivery:
        delivery.append(Form.ISO2709, KRISTIN, names(KRISTIN)._replace(oai="oai:x:9"))
    (tmp_path / "nb" / "index.sqlite").unlink()
    with deliver(tmp_path, "nb", "2025-01-03") as delivery:
        delivery.delete(OAI_HEADER)
    assert current(tmp_path) == []


def test_the_deletion_of_an_unknown_record_is_remembered(tmp_path: Path) -> None:
    with deliver(tmp_path, "nb", "2025-01-01") as delivery:
        delivery.delete(OAI_HEADER)
    assert [version.is_deleted for version in history(tmp_path, "oai:x:9")] == [True]
    assert current(tmp_path) == []


def test_a_deletion_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="control number"), deliver(tmp_path, "nb", "2025-01-01") as delivery:
        delivery.delete(RecordNames())


def test_what_a_complete_delivery_does_not_have_is_deleted(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN, VICTORIA, BARE)
    delivery = append(tmp_path, "2025-01-02", VICTORIA, is_complete=True)
    assert (delivery.deleted, delivery.unchanged) == (2, 1)
    assert current(tmp_path) == [VICTORIA]
    assert append(tmp_path, "2025-01-03", VICTORIA, is_complete=True).deleted == 0
    assert current(tmp_path, 1) == [KRISTIN, VICTORIA, BARE]


def test_a_complete_delivery_without_records_is_refused(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN)
    with pytest.raises(DataError, match="would delete all"):
        append(tmp_path, "2025-01-02", is_complete=True)
    assert current(tmp_path) == [KRISTIN]


def test_records_whose_hashes_begin_alike_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (deliveries, replay):
        monkeypatch.setattr(module, "content_digest", lambda raw: len(raw) % 2)
    records = [book(str(number), f"Bok {number}") for number in range(100)]
    append(tmp_path, "2025-01-01", *records)
    assert append(tmp_path, "2025-01-02", *records).unchanged == 100
    assert current(tmp_path) == records


@pytest.mark.parametrize("name", ["1", "(NO-TrBIB)1", "(NO-OsBA)998", "(OCoLC)4711"])
def test_a_record_is_found_by_its_names(tmp_path: Path, name: str) -> None:
    fields = ("001", " 1 "), ("003", "NO-TrBIB"), ("035", "  \x1fa(NO-OsBA)998\x1fz(X)1"), ("035", "  \x1fa(OCoLC)4711")
    append(tmp_path, "2025-01-01", VICTORIA, iso2709(*fields))
    assert history(tmp_path, name)[0].title == "(NO-TrBIB)1"


@pytest.mark.parametrize("name", ["11", "(NO-OsBA)1", "(X)1", "sha256:" + 64 * "0"])
def test_another_name_leads_to_no_record(tmp_path: Path, name: str) -> None:
    append(tmp_path, "2025-01-01", KRISTIN)
    with open_records(tmp_path, "nb") as store:
        assert store.find_records(name) == []


def test_a_record_without_numbers_is_found_by_its_hash(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN, BARE)
    with open_records(tmp_path, "nb") as store:
        title = next(record.title for record in store.iter_records() if record.raw == BARE)
    assert title.startswith("sha256:")
    assert history(tmp_path, title)[0].raw == BARE


def test_all_forms_are_stored_as_delivered(tmp_path: Path) -> None:
    delivered: Iterable[tuple[Form, bytes]] = [
        (Form.MARCXML, "<record><leader/>å</record>".encode()),
        (Form.MARC_JSON, b'{"leader": "", "fields": []}'),
        (Form.ISO2709, b"no record\x1d"),
        (Form.ISO2709, b""),
        (Form.MARCXML, bytes(range(256)) * 1000),
    ]
    with deliver(tmp_path, "nb", "2025-01-01") as delivery:
        for form, raw in delivered:
            delivery.append(form, raw, RecordNames())
    with open_records(tmp_path, "nb") as store:
        assert [(record.form, record.raw) for record in store.iter_records()] == delivered


def test_a_delivery_that_fails_leaves_nothing(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN)
    before = log_size(tmp_path)
    with pytest.raises(UsageError):
        fail(tmp_path)
    assert log_size(tmp_path) == before
    assert current(tmp_path) == [KRISTIN]
    assert append(tmp_path, "2025-01-03", VICTORIA).number == 2


def fail(folder: Path) -> None:
    """Deliver enough records for several blocks, and then a deletion without a name."""
    with deliver(folder, "nb", "2025-01-02") as delivery:
        for number in range(2000):
            delivery.append(Form.ISO2709, (raw := book(f"x{number}", "Pan")), names(raw))
        delivery.delete(RecordNames())


def test_a_second_writer_is_refused_and_readers_see_the_last_delivery(tmp_path: Path) -> None:
    append(tmp_path, "2025-01-01", KRISTIN)
    with deliver(tmp_path, "nb", "2025-01-02") as delivery:
        delivery.append(Form.ISO2709, VICTORIA, names(VICTORIA))
        with pytest.raises(StoreUnavailableError, match="another process writes records"):
            append(tmp_path, "2025-01-02", SULT)
        assert current(tmp_path) == [KRISTIN]
    assert current(tmp_path) == [KRISTIN, VICTORIA]


def test_one_source_does_not_wait_for_another(tmp_path: Path) -> None:
    with deliver(tmp_path, "nb", "2025-01-01"), deliver(tmp_path, "deichman", "2025-01-01"):
        pass
    with pytest.raises(UsageError, match="there are records of: deichman, nb"), open_records(tmp_path, "uio"):
        pass


@pytest.mark.parametrize("source", ["", "..", "a/b", "Å", "a b"])
def test_a_source_has_a_plain_name(tmp_path: Path, source: str) -> None:
    with pytest.raises(UsageError, match="cannot name a source"), deliver(tmp_path, source, "2025-01-01"):
        pass


@pytest.mark.parametrize("when", ["yesterday", "2025-13-01", "2025-01-01T12:00:00", "20250101"])
def test_a_delivery_has_a_date_or_a_time_with_a_zone(tmp_path: Path, when: str) -> None:
    with pytest.raises(UsageError), deliver(tmp_path, "nb", when):
        pass


def test_deliveries_come_in_the_order_of_their_times(tmp_path: Path) -> None:
    for moment in ("2025-01-01", "2025-01-01T12:00:00+01:00", "2025-01-01", "2025-01-02T00:30:00+01:00", "2025-01-02"):
        append(tmp_path, moment, KRISTIN)
    with pytest.raises(UsageError, match="comes after one of 2025-01-02"):
        append(tmp_path, "2025-01-01", VICTORIA)
    with open_records(tmp_path, "nb") as store:
        assert store.deliveries[1].delivered == "2025-01-01T11:00:00Z"
        assert store.delivery_as_of("2025-01-01").number == 4
        assert store.delivery_as_of("3").number == 3
        with pytest.raises(UsageError, match="no delivery 2024-12-31; the newest are: 1 "):
            store.delivery_as_of("2024-12-31")
