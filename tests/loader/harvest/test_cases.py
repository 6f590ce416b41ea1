"""The shared cases of faults that harvesters met, each with its right outcome and with siblings."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from loader.harvest.harvest_report import HarvestReport
from loader.sources.harvest_plan import HarvestPlan
from tests.loader.harvest.local_provider import Site, error, identify, item, page

CASES = Path(__file__).parent / "cases"
END = page()


def case(name: str) -> str:
    """Return a case."""
    return (CASES / f"{name}.xml").read_text(encoding="utf-8")


def notes(report: HarvestReport) -> str:
    """Return all notes of a report in one text."""
    return "; ".join(report.notes)


def test_oa01_deleted_records_are_gone_and_keep_their_versions(site: Site) -> None:
    site.harvest(page(item("2", "Var her", number="2").replace("oai:t:2", "oai:ex.test:2")))
    report = site.harvest(case("oa01_list_records"), is_full=True)
    assert site.records() == {"1": "Lever"}
    assert (report.known, report.live, report.exit_code) == (3, 1, 0)
    assert site.versions("oai:ex.test:2") == [("Var her", False), ("", True)]
    assert site.versions("oai:ex.test:3") == [("", True)]


def test_oa01_the_status_counts_in_headers_alone(site: Site) -> None:
    """Sibling: a header of ListIdentifiers has no metadata, and is no deletion unless it says so."""
    site.harvest(case("oa01_list_records"))
    answer = case("oa01_list_identifiers").replace("ListIdentifiers>", "ListRecords>")
    report = site.harvest(answer, is_full=True)
    assert site.records() == {"1": "Lever"}
    assert report.quarantined == 1


def test_oa01_a_list_of_unknown_records_is_an_error_and_no_deletion(site: Site) -> None:
    site.harvest(page(item("1", "A")))
    report = site.harvest(case("oa01_get_record_gone"), is_full=True)
    assert (report.exit_code, report.outcome) == (1, "failed")
    assert "idDoesNotExist" in report.problem
    assert site.records() == {"1": "A"}


@pytest.mark.parametrize("form", ["selfclosed", "open_close", "blank_and_newline", "empty_with_attributes", "absent"])
def test_oa02_a_list_ends_without_another_request(site: Site, form: str) -> None:
    report = site.harvest(case(f"oa02_token_{form}"))
    assert (report.outcome, report.new, len(site.provider.lists())) == ("complete", 1, 1)


def test_oa02_a_token_is_trimmed_and_encoded(site: Site) -> None:
    report = site.harvest(case("oa02_token_wrapped"), END)
    assert site.provider.queries[2:] == ["verb=ListRecords&resumptionToken=YWJj%2B%2F%3D%3D"]
    assert report.exit_code == 0


def test_oa04_an_expired_list_is_begun_again_once(site: Site) -> None:
    first, expired, again = map(case, ("oa04_page1", "oa04_page2_badResumptionToken", "oa04_page1_again_other_content"))
    report = site.harvest(first, expired, again)
    assert site.records() == {"1": "A", "2": "B", "3": "C"}
    assert (report.outcome, report.exit_code) == ("complete", 0)
    assert "begun again" in notes(report)


def test_oa04_a_list_that_expires_again_is_incomplete_and_the_next_one_asks_for_the_same(site: Site) -> None:
    site.harvest(page(item("0", "Før"), date="2026-02-01T00:00:00Z"))
    first, expired = case("oa04_page1"), case("oa04_page2_badResumptionToken")
    report = site.harvest(first, expired, first, expired)
    assert (report.outcome, report.exit_code, report.following) == ("incomplete", 1, "2026-02-01T00:00:00Z")
    assert site.records() == {"0": "Før", "1": "A", "2": "B"}
    report = site.harvest(case("oa04_page1_again_other_content"))
    assert site.provider.lists()[0]["from"] == "2026-02-01T00:00:00Z"
    assert site.records() == {"0": "Før", "1": "A", "2": "B", "3": "C"}
    assert report.exit_code == 0


@pytest.mark.parametrize("code", ["badArgument", "noRecordsMatch", "somethingElse"])
def test_oa04_other_errors_behind_a_token_are_an_expired_list_too(site: Site, code: str) -> None:
    report = site.harvest(case("oa04_page1"), error(code), page(item("9", "I")))
    assert (report.exit_code, len(site.records())) == (0, 3)


@pytest.mark.parametrize(("granularity", "since"), [("day", "2026-03-02"), ("seconds", "2026-03-02T04:00:00Z")])
def test_oa05_from_has_the_granularity_of_the_provider_and_is_inclusive(
    site: Site, granularity: str, since: str
) -> None:
    first = case(f"oa05_identify_{granularity}")
    site.harvest(case("oa05_list_day_stamps"), first=first)
    report = site.harvest(case("oa05_list_day_stamps"), first=first)
    assert site.provider.queries[0] == "verb=Identify"
    assert site.provider.lists() == [{"verb": "ListRecords", "metadataPrefix": "marc21", "from": since}]
    assert (report.unchanged, report.changed, report.outcome) == (1, 0, "changes")


def test_oa05_a_provider_that_says_no_granularity_is_asked_with_days(site: Site) -> None:
    site.harvest(case("oa05_list_day_stamps"))
    site.harvest(case("oa05_list_day_stamps"), first=identify(granularity=""))
    assert site.provider.lists()[0]["from"] == "2026-03-02"


def test_oa05_nothing_new_is_success(site: Site) -> None:
    site.harvest(case("oa05_list_day_stamps"))
    report = site.harvest(case("oa05_no_records_match"))
    assert (report.outcome, report.exit_code, report.deleted) == ("changes", 0, 0)
    assert site.records() == {"1": "A"}


def test_oa05_a_refused_from_is_an_error_and_moves_nothing(site: Site) -> None:
    before = site.harvest(case("oa05_list_day_stamps"))
    report = site.harvest(case("oa05_from_with_seconds_refused"))
    assert (report.exit_code, report.following) == (1, before.following)
    assert "badArgument: from: granularity" in report.problem


def test_oa07_the_newest_datestamp_wins(site: Site) -> None:
    report = site.harvest(case("oa07_p1"), case("oa07_p2"))
    assert site.records() == {"1": "Første", "2": "Ny tittel", "5": "Annen OAI-id, samme 001"}
    assert site.versions("oai:ex.test:1") == [("Første", False)]
    assert site.versions("oai:ex.test:4") == [("", True)]
    assert (report.known, report.live) == (4, 3)
    assert report.notes["it has the control number of another item; both are kept"] == [
        "oai:ex.test:5 and oai:ex.test:1"
    ]


def test_oa07_the_second_identifier_of_a_number_does_not_overwrite_the_first_in_a_later_harvest(site: Site) -> None:
    site.harvest(page(item("1", "Første")))
    report = site.harvest(page(item("5", "Annen", number="1", stamp="2026-03-02T04:00:01Z")))
    assert site.records() == {"1": "Første", "5": "Annen"}
    assert "control number of another item" in notes(report)


def test_oa08_prefixes_and_declarations_anywhere(site: Site) -> None:
    report = site.harvest(case("oa08_all_prefixed"), case("oa08_xsi_only_on_root"))
    assert site.provider.lists()[1]["resumptionToken"] == "neste"
    assert site.records() == {"9": "Prefiks overalt", "10": ""}
    assert report.exit_code == 0


def test_oa08_a_prefix_that_is_never_declared_is_an_error_that_says_so(site: Site) -> None:
    report = site.harvest(case("oa08_xsi_never_declared"))
    assert (report.exit_code, report.outcome) == (1, "failed")
    assert "unbound prefix" in report.problem


def test_oa08_what_is_no_marc_is_put_aside(site: Site) -> None:
    report = site.harvest(case("oa08_namespace_on_record"))
    assert (report.quarantined, report.new, report.exit_code) == (1, 0, 0)
    assert ["oai:ex.test:12"] in report.notes.values()


def test_oa08_an_answer_without_namespace_is_read_with_a_note(site: Site) -> None:
    report = site.harvest(case("oa08_no_oai_namespace"))
    assert site.records() == {"13": "Uten navnerom"}
    assert "not in the namespace" in notes(report)


@pytest.mark.parametrize("number", range(7))
def test_oa11_a_token_goes_back_as_it_came(site: Site, number: int) -> None:
    text = case(f"oa11_token_{number}")
    token = text.partition("<resumptionToken>")[2].partition("</")[0].replace("&amp;", "&")
    report = site.harvest(text, END)
    assert site.provider.queries[2] == f"verb=ListRecords&resumptionToken={quote(token, safe='')}"
    assert (report.exit_code, set(site.provider.paths)) == (0, {"/oai"})


def test_oa11_identifiers_and_sets_keep_their_form(site: Site) -> None:
    names = json.loads((CASES / "oa11_sets.json").read_text(encoding="utf-8"))
    items = [
        item(str(number), f"T{number}").replace(f"oai:t:{number}", name)
        for number, name in enumerate(names["identifiers"])
    ]
    report = site.harvest(page(*items))
    assert {f"oai:ex.test:{name}" for name in site.records()} == set(names["identifiers"])
    assert report.known == 5


@pytest.mark.parametrize("name", json.loads((CASES / "oa11_sets.json").read_text(encoding="utf-8"))["setSpec"])
def test_oa11_a_set_is_encoded_once(site: Site, name: str) -> None:
    site.plan = HarvestPlan(set_name=name)
    site.harvest(END)
    assert site.provider.queries[1] == f"verb=ListRecords&metadataPrefix=marc21&set={quote(name, safe='')}"


@pytest.mark.parametrize(("form", "title"), [("no_datestamp", "Uten dato"), ("empty_datestamp", "Tom dato")])
def test_oa12_a_record_without_datestamp_is_kept_and_dated_by_the_run(site: Site, form: str, title: str) -> None:
    report = site.harvest(case(f"oa12_{form}"))
    assert list(site.records().values()) == [title]
    assert "the run's is taken" in notes(report)


@pytest.mark.parametrize(("form", "key"), [("empty_metadata", "3"), ("no_metadata", "4")])
def test_oa12_a_record_without_metadata_is_no_deletion(site: Site, form: str, key: str) -> None:
    site.harvest(page(item(key, "Holdt").replace("oai:t", "oai:ex.test")))
    report = site.harvest(case(f"oa12_{form}"), is_full=True)
    assert site.records() == {key: "Holdt"}
    assert (report.quarantined, report.deleted) == (1, 0)


def test_oa12_two_records_under_one_identifier(site: Site) -> None:
    answer = case("oa12_two_records_in_metadata")
    report = site.harvest(answer)
    assert (report.new, report.known) == (2, 1)
    only = (
        answer[: answer.index("<record>\n    <leader>", answer.index("5h") - 200)]
        + answer[answer.index("</collection>") :]
    )
    report = site.harvest(only, is_full=True)
    assert (report.unchanged, report.deleted) == (1, 1)
    report = site.harvest(page(item("5").replace("oai:t", "oai:ex.test"), date="2026-03-03T00:00:00Z"), is_full=True)
    assert site.records() == {}


def test_oa12_local_time_is_read_as_utc(site: Site) -> None:
    site.harvest(case("oa12_offset_date"))
    older = item("6", "Eldre", stamp="2026-02-28T23:59:59Z").replace("oai:t", "oai:ex.test")
    same = item("6", "Samtidig", stamp="2026-03-01T00:00:00Z").replace("oai:t", "oai:ex.test")
    site.harvest(page(older))
    assert site.records() == {"6": "Lokal tid"}
    site.harvest(page(same))
    assert site.records() == {"6": "Samtidig"}


def test_st11_leader_05_deletes_and_a_later_record_comes_back(site: Site) -> None:
    site.harvest(case("st11_leader05_d_live_header"))
    assert site.records() == {}
    live = case("st11_leader05_d_live_header").replace("00000dam", "00000cam").replace("T12", "T13")
    report = site.harvest(live)
    assert (len(site.records()), report.live) == (1, 1)
