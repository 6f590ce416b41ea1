"""The shared cases of what HTTP does to answers: waits, redirects, codings, character sets, and half of a page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from itertools import count

import pytest

from tests.loader.harvest.local_provider import Reply, Site, identify, item, page
from tests.loader.harvest.test_cases import CASES, notes

ANSWERS = {
    each["name"]: each for each in json.loads((CASES / "oa15_http_answers.json").read_text(encoding="utf-8"))["answers"]
}


def _reply(name: str) -> Reply:
    answer = ANSWERS[name]
    body = answer["body"].encode(answer.get("body_encoding", "utf-8"))
    cut = 500 if name == "cut_off" else 0
    headers = {key: value for key, value in answer["headers"].items() if key != "Content-Length"}
    return Reply(gzip.compress(body, mtime=0) if answer.get("body_gzip") else body, answer["status"], headers, cut)


@pytest.mark.parametrize(
    ("name", "wait"),
    [
        ("retry_after_seconds", 2),
        ("retry_after_http_date", 3),
        ("retry_after_date_in_the_past", 2),
        ("retry_after_nonsense", 2),
        ("status_429", 1),
        ("html_error_page_200", 2),
        ("cut_off", 2),
        ("gzip_header_on_plain_body", 2),
        ("status_204", 2),
    ],
)
def test_oa15_what_another_try_may_mend(site: Site, name: str, wait: float) -> None:
    report = site.harvest(_reply(name), page(item("1", "A")))
    assert (site.records(), site.waits, report.exit_code) == ({"1": "A"}, [wait], 0)
    first, second = site.provider.queries[1:]
    assert first == second


@pytest.mark.parametrize("name", ["retry_after_nonsense", "html_error_page_200", "cut_off", "status_204"])
def test_oa15_tries_are_bounded_and_the_state_can_be_resumed(site: Site, name: str) -> None:
    report = site.harvest(page(item("1", "A"), then="t"), _reply(name))
    assert (report.outcome, report.exit_code in {1, 3}, site.waits) == ("interrupted", True, [2, 4])
    assert site.records() == {"1": "A"}
    report = site.harvest(page(item("2", "B")))
    assert site.provider.queries == ["verb=ListRecords&resumptionToken=t"]
    assert (site.records(), report.outcome) == ({"1": "A", "2": "B"}, "complete")


def test_oa15_a_year_is_not_waited(site: Site) -> None:
    report = site.harvest(_reply("retry_after_a_year"))
    assert (site.waits, report.exit_code) == ([], 3)
    assert "2027-03-02T05:00:00Z" in report.problem


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("type_text_html_but_xml", "is called text/html"),
        ("type_application_xml", ""),
        ("charset_header_latin1_body_utf8", ""),
        ("charset_header_utf8_declared_latin1", "the XML declaration says iso-8859-1"),
        ("bom_and_blank_line", ""),
        ("blank_line_before_declaration", "white space stands before"),
        ("gzip_not_asked_for", ""),
        ("gzip_without_header", ""),
    ],
)
def test_oa15_odd_answers_that_can_be_read(site: Site, name: str, note: str) -> None:
    report = site.harvest(_reply(name))
    assert list(site.records().values()) == ["Bjørk og ål"]
    assert (note in notes(report), bool(note) or not report.notes) == (True, True)


def test_oa15_a_redirect_keeps_the_query_and_the_next_page_is_asked_at_the_address_of_the_source(site: Site) -> None:
    numbers = count()

    def answer(query: Mapping[str, str]) -> Reply | str:
        if query.get("verb") == "Identify":
            return identify()
        if query[""].startswith("/oai2"):
            return page(item("1", "A"), then="t") if "metadataPrefix" in query else page(item("2", "B"))
        return Reply("", 302, {"Location": "/oai2" if next(numbers) else f"/oai2?{site.provider.queries[-1]}"})

    site.provider.paths.clear()
    site.provider.answer = answer
    report = site.harvest()
    assert (site.records(), report.exit_code) == ({"1": "A", "2": "B"}, 0)
    assert site.provider.paths == ["/oai", "/oai", "/oai2", "/oai", "/oai2"]


def test_oa15_the_error_counts_and_not_the_status(site: Site) -> None:
    site.harvest(page(item("1", "A")))
    report = site.harvest(_reply("error_in_body_with_status_400"))
    assert (report.outcome, report.exit_code, report.deleted) == ("changes", 0, 0)
