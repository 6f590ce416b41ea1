"""Lists over time: increments, deletions by absence, sets, batches, what is described in another way, two at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from loader.harvest.harvest_state import open_state
from loader.marc.profiles.profile_file import read_profile
from loader.sources.harvest_plan import HarvestPlan
from nbkg.errors import StoreUnavailableError
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.record_store import open_records
from tests.loader.harvest.local_provider import Site, error, identify, item, page, record

TEN = [item(str(number), f"T{number}") for number in range(10)]


def test_an_identifier_that_comes_back_after_its_deletion_lives(site: Site) -> None:
    site.harvest(page(item("1", "A", stamp="2026-03-01T00:00:00Z")))
    site.harvest(page(item("1", stamp="2026-03-02T04:00:01Z"), date="2026-03-02T05:00:00Z"))
    assert site.records() == {}
    report = site.harvest(page(item("1", "A", stamp="2026-03-02T06:00:00Z"), date="2026-03-02T07:00:00Z"))
    assert (site.records(), report.live) == ({"1": "A"}, 1)
    assert [deleted for _title, deleted in site.versions("oai:t:1")] == [False, True, False]


def test_what_is_older_than_what_is_held_does_not_count_in_an_increment(site: Site) -> None:
    site.harvest(page(item("1", "Ny", stamp="2026-03-02T03:00:00Z")))
    report = site.harvest(page(item("1", "Gammel", stamp="2026-03-01T00:00:00Z")))
    assert (site.records(), list(report.notes)) == (
        {"1": "Ny"},
        ["its datestamp is older than what is held, and it is left as it is"],
    )
    site.harvest(page(item("1", "Gjenopprettet", stamp="2026-03-01T00:00:00Z")), is_full=True)
    assert site.records() == {"1": "Gjenopprettet"}


def test_what_is_missing_from_a_complete_list_is_deleted_up_to_a_share(site: Site) -> None:
    site.harvest(page(*TEN))
    report = site.harvest(page(*TEN[:9]), is_full=True)
    assert (report.deleted, report.live, report.exit_code) == (1, 9, 0)
    assert "1 of 10 items that are held are not in the complete list: deleted, or no longer in the set" in report.notes
    report = site.harvest(page(*TEN[:4]), is_full=True)
    assert (report.deleted, report.live, report.exit_code, report.outcome) == (0, 9, 1, "complete")
    assert "5 of 9 items" in report.problem
    assert "--deletion-share 0.56" in report.problem
    report = site.harvest(page(*TEN[:4]), is_full=True, deletion_share=0.56)
    assert (report.deleted, report.live, report.exit_code) == (5, 4, 0)


def test_an_empty_complete_list_deletes_nothing(site: Site) -> None:
    site.harvest(page(*TEN))
    report = site.harvest(error("noRecordsMatch"), is_full=True)
    assert (report.deleted, report.live, report.exit_code) == (0, 10, 1)


def test_a_provider_that_names_what_it_deletes_deletes_nothing_by_absence(site: Site) -> None:
    site.harvest(page(*TEN))
    report = site.harvest(page(*TEN[:9]), first=identify(deleted="persistent"), is_full=True)
    assert (report.deleted, report.live, report.exit_code) == (0, 10, 0)
    assert any("they stay" in note for note in report.notes)


def test_a_list_with_fewer_records_than_it_says_deletes_nothing(site: Site) -> None:
    site.harvest(page(*TEN))
    report = site.harvest(page(*TEN[:9], size=10), is_full=True)
    assert (report.deleted, report.live) == (0, 10)


def test_an_increment_deletes_nothing_by_absence(site: Site) -> None:
    site.harvest(page(*TEN))
    report = site.harvest(page(TEN[0]))
    assert (report.deleted, report.live, report.unchanged) == (0, 10, 1)


def test_leaving_the_set_is_reported(site: Site) -> None:
    site.plan = HarvestPlan(set_name="bok")
    inside = [item("1", "A", sets=["bok"]), item("2", "B", sets=["x", "bok:ny"]), item("3", "C")]
    report = site.harvest(page(*inside, item("4", "D", sets=["boks"])))
    assert report.notes == {"it has left the set bok, as its header says": ["oai:t:4"]}
    assert len(site.records()) == 4


def test_a_source_that_is_described_in_another_way_is_read_again(site: Site) -> None:
    site.plan = HarvestPlan(set_name="a")
    site.harvest(page(item("1", "A")))
    site.plan = HarvestPlan(set_name="b", deletion_share=1)
    report = site.harvest(page(item("2", "B")), first=identify(deleted="persistent"))
    assert "from" not in site.provider.lists()[0]
    assert (site.records(), report.deleted) == ({"2": "B"}, 1)


def test_the_next_from_is_the_date_of_the_first_page_and_stays_where_there_is_none(site: Site) -> None:
    first = page(item("1", "A"), then="t", date="2026-03-02T04:00:00+01:00")
    report = site.harvest(first, page(item("2", "B"), date="2026-03-02T09:00:00Z"))
    assert report.following == "2026-03-02T03:00:00Z"
    report = site.harvest(page(item("3", "C"), date="i går"))
    assert (report.following, report.exit_code) == ("2026-03-02T03:00:00Z", 0)
    assert any("does not say when it answered" in note for note in report.notes)


def test_a_long_list_becomes_several_deliveries_and_each_record_one_version(site: Site) -> None:
    bodies = [page(*TEN[:3], then="a"), page(*TEN[3:6], then="b"), page(*TEN[6:], TEN[0])]
    report = site.harvest(*bodies, batch_bytes=1)
    with open_records(site.folder, "s") as store:
        assert [delivery.new for delivery in store.deliveries] == [3, 3, 4]
    assert (report.new, report.unchanged, len(site.records())) == (10, 1, 10)


def test_a_provider_whose_clock_is_late_does_not_stop_the_harvest(site: Site) -> None:
    with deliver(site.folder, "s", "2026-12-24T00:00:00Z"):
        pass
    assert site.harvest(page(TEN[0])).new == 1


def test_two_harvests_of_a_source_at_once_are_refused(site: Site) -> None:
    with open_state(site.folder, "s"), pytest.raises(StoreUnavailableError, match="another harvest of this source"):
        site.harvest(page(TEN[0]))


def test_a_source_begins_anew_where_the_state_is_removed_and_no_record_is_doubled(site: Site) -> None:
    site.harvest(page(*TEN))
    for file in Path(site.folder, "s").glob("harvest.sqlite*"):
        file.unlink()
    report = site.harvest(page(*TEN))
    assert (report.unchanged, report.new, report.known) == (10, 0, 10)


def test_the_quarantine_ends_when_a_record_is_deleted(site: Site) -> None:
    site.harvest(page(item("1", "A", content="<x/>")))
    report = site.harvest(page(item("1", stamp="2026-03-02T05:00:00Z")))
    assert report.exit_code == 0
    with open_state(site.folder, "s") as state:
        assert state.quarantined() == []


def test_a_stored_record_is_byte_for_byte_what_came_and_can_be_read_alone(site: Site) -> None:
    number = "<m:controlfield tag='001'>1</m:controlfield>"
    marc = f'<m:record  type="Bibliographic"><m:leader>00000nam a2200000 i 4500</m:leader>{number}</m:record >'
    body = page(item("1", content=marc)).replace("<OAI-PMH ", '<OAI-PMH xmlns:m="http://www.loc.gov/MARC21/slim" ')
    site.harvest(body)
    with open_records(site.folder, "s") as store:
        (stored,) = store.iter_records()
    declared = b'xmlns:m="http://www.loc.gov/MARC21/slim"'
    assert declared in stored.raw
    head, _, tail = stored.raw.partition(b"  type=")
    assert head.startswith(b"<m:record ")
    assert tail == marc.encode().partition(b"  type=")[2]
    assert stored.parse().control_number == "1"


def test_a_provider_whose_clock_is_ahead_does_not_hide_what_changes_next(site: Site) -> None:
    report = site.harvest(page(TEN[0], date="2027-03-02T04:00:00Z"))
    assert report.following == "2026-03-02T05:00:00Z"
    assert any("clock is ahead" in note for note in report.notes)


def test_what_is_odd_about_many_items_is_counted_and_the_first_are_named(site: Site) -> None:
    report = site.harvest(page(*(item(str(number), "T", stamp="") for number in range(100))))
    ((text, items),) = report.notes.items()
    assert (len(items), report.note_counts) == (20, {text: 100})
    assert any(line.endswith("oai:t:0, oai:t:1, oai:t:2 and 97 more") for line in report.iter_lines())


def test_a_number_of_a_deleted_record_may_be_given_again(site: Site) -> None:
    site.harvest(page(item("1", "A")))
    site.harvest(page(item("1", stamp="2026-03-02T05:00:00Z")))
    report = site.harvest(page(item("2", "A", number="1", stamp="2026-03-02T05:00:00Z")))
    assert (report.notes, site.records()) == ({}, {"2": "A"})


def test_a_first_list_of_nothing_is_reported(site: Site) -> None:
    report = site.harvest(error("noRecordsMatch"))
    assert (report.outcome, report.exit_code) == ("complete", 0)
    assert list(report.notes) == ["the provider has no records, or none in this set (noRecordsMatch)"]


def test_a_deletion_without_identifier_is_put_aside(site: Site) -> None:
    nameless = item("x").replace("<identifier>oai:t:x</identifier>", "")
    report = site.harvest(page(TEN[0], nameless))
    assert (report.quarantined, report.new, report.exit_code) == (1, 1, 0)


def test_an_identifier_that_is_a_number_of_a_person_is_refused_and_not_kept(site: Site) -> None:
    number = "01017010170"
    site.harvest(page(item("1", "A"), item(number, "B", number="2"), item(number)))
    assert site.records() == {"1": "A"}
    files = b"".join(file.read_bytes() for file in (site.folder / "s").iterdir())
    assert number.encode() not in files


def test_fields_about_copies_are_taken_out_and_the_report_says_so(site: Site) -> None:
    copy = '<datafield tag="852" ind1=" " ind2=" "><subfield code="a">B</subfield></datafield></record>'
    body = page(item("1", content=record("1", "A").replace("</record>", copy)))
    profile = replace(read_profile("default"), item_fields=frozenset({"852"}))
    report = site.harvest(body, profile=profile)
    assert report.notes == {"fields 852 about copies were taken out before storing: 1": []}
    with open_records(site.folder, "s") as store:
        assert [b"852" in stored.raw for stored in store.iter_records()] == [False]
