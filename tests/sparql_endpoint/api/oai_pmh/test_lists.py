"""Lists of records: pages, tokens, sets and times (OAI-PMH sections 2.7, 3.5, 4.3 and 4.5)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nbkg.records.codecs import write_record
from nbkg.records.form import Form
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from tests.sparql_endpoint.api.oai_pmh.conftest import (
    DC,
    MARC,
    OAI,
    PAGE,
    START,
    Ask,
    codes,
    identifiers,
    make_record,
    open_provider,
    read,
    token,
)

RECORDS = 25
"""The records that are given out: all but the damaged one."""


def test_pages_have_as_many_records_as_they_may_and_the_last_one_an_empty_token(ask: Ask) -> None:
    root = ask("ListRecords", metadataPrefix="oai_dc")
    pages, cursors = [identifiers(root)], [token(root).get("cursor")]
    while text := token(root).text:
        root = ask("ListRecords", resumptionToken=text)
        pages.append(identifiers(root))
        cursors.append(token(root).get("cursor"))
    assert [len(page) for page in pages] == [*[PAGE] * (RECORDS // PAGE), RECORDS % PAGE]
    assert len({name for page in pages for name in page}) == RECORDS
    assert cursors == [str(number) for number in range(0, RECORDS, PAGE)]
    assert token(root).get("completeListSize") == str(RECORDS)


def test_a_list_of_full_pages_has_no_empty_one_after_the_last(ask: Ask) -> None:
    root = ask("ListRecords", metadataPrefix="oai_dc", until="2026-01-31", set_="bibliography:Norbok")
    sizes = [len(identifiers(root))]
    while text := token(root).text:
        root = ask("ListRecords", resumptionToken=text)
        sizes.append(len(identifiers(root)))
    assert sizes == [PAGE, PAGE, PAGE, PAGE, 2]
    root = ask("ListRecords", metadataPrefix="oai_dc", set_="source:two")
    assert (len(identifiers(root)), list(root.iter(f"{OAI}resumptionToken"))) == (PAGE, [])


def test_a_list_of_one_page_has_no_token(ask: Ask) -> None:
    root = ask("ListRecords", metadataPrefix="marc21", from_="2026-02-01", until="2026-02-01")
    assert (len(identifiers(root)), list(root.iter(f"{OAI}resumptionToken"))) == (PAGE, [])


def test_the_same_token_gives_the_same_page(ask: Ask) -> None:
    text = token(ask("ListRecords", metadataPrefix="oai_dc")).text or ""
    first, second = (ask("ListRecords", resumptionToken=text) for _ in range(2))
    assert identifiers(first) == identifiers(second) != []


def test_a_token_is_for_its_verb_only(ask: Ask) -> None:
    text = token(ask("ListRecords", metadataPrefix="oai_dc")).text or ""
    for verb in ("ListIdentifiers", "ListSets"):
        assert codes(ask(verb, resumptionToken=text)) == ["badResumptionToken"]


def test_deletions_are_in_both_lists_and_in_get_record(ask: Ask) -> None:
    for root in (
        ask("ListRecords", metadataPrefix="oai_dc", from_="2026-01-05"),
        ask("ListIdentifiers", metadataPrefix="oai_dc", from_="2026-01-05"),
        ask("GetRecord", metadataPrefix="oai_dc", identifier=f"{START}one/0001"),
    ):
        headers = {each.findtext(f"{OAI}identifier"): each for each in root.iter(f"{OAI}header")}
        header = headers[f"{START}one/0001"]
        assert (header.get("status"), header.findtext(f"{OAI}datestamp")) == ("deleted", "2026-01-05T12:00:00Z")
        assert "bibliography:Norbok" in [each.text for each in header.iter(f"{OAI}setSpec")]
        assert header.getnext() is None or header.getnext().tag == f"{OAI}header"


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"from_": "2026-01-05", "until": "2026-01-05"}, {"one/0001", "one/0002"}),
        ({"from_": "2026-01-05T12:00:00Z", "until": "2026-01-05T12:00:00Z"}, {"one/0001", "one/0002"}),
        ({"from_": "2026-01-05T12:00:01Z", "until": "2026-01-06"}, None),
        ({"from_": "2026-01-06", "until": "2026-01-06"}, {"one/0003"}),
        ({"from_": "2026-01-06T23:59:59Z", "until": "2026-01-06T23:59:59Z"}, {"one/0003"}),
        ({"from_": "2026-01-05T12:00:01Z", "until": "2026-01-06T23:59:59Z"}, {"one/0003"}),
        ({"set_": "source:one", "from_": "2026-01-05"}, {"one/0001", "one/0002", "one/0003"}),
        ({"set_": "kind:bibliographic:serial"}, {"one/0003"}),
        ({"set_": "access:digital"}, {"one/0002"}),
        ({"set_": "access"}, {"one/0002"}),
    ],
)
def test_both_ends_of_a_range_count_and_sets_narrow_it(
    ask: Ask, bounds: dict[str, str], expected: set[str] | None
) -> None:
    root = ask("ListIdentifiers", metadataPrefix="oai_dc", **bounds)
    assert codes(root) == ["badArgument"] if expected is None else set(identifiers(root)) == expected


@pytest.mark.parametrize("bounds", [{"until": "2025-10-13"}, {"from_": "2999-01-01"}, {"set_": "source:three"}])
def test_nothing_that_matches_is_an_error_of_its_own(ask: Ask, bounds: dict[str, str]) -> None:
    assert codes(ask("ListRecords", metadataPrefix="oai_dc", **bounds)) == ["noRecordsMatch"]


def test_one_bad_record_breaks_no_list(ask: Ask) -> None:
    root = ask("GetRecord", metadataPrefix="oai_dc", identifier=f"{START}one/odd")
    assert root.findtext(f".//{DC}title") == "Tittel med \ufffd og \ufffd og \ufffd"
    assert "U+FFFD" in (root.findtext(f".//{OAI}about//{DC}description") or "")
    root = ask("GetRecord", metadataPrefix="marc21", identifier=f"{START}two/json")
    assert root.findtext(f".//{MARC}subfield") == "Tegn \ufffd i JSON"
    assert codes(ask("GetRecord", metadataPrefix="oai_dc", identifier=f"{START}one/damaged")) == ["idDoesNotExist"]


def test_identifiers_that_differ_in_escapes_only_are_two(ask: Ask) -> None:
    listed = identifiers(ask("ListIdentifiers", metadataPrefix="oai_dc", set_="source:two"))
    assert listed == ["two/json", "two/a%20b", "two/a%2520b", "two/%C3%A6%2F%C3%B8"]
    for each in listed:
        assert identifiers(ask("GetRecord", metadataPrefix="marc21", identifier=START + each)) == [each]


def test_a_source_that_was_removed_is_left_out(provided_records: Path, tmp_path: Path) -> None:
    records = tmp_path / "records"
    shutil.copytree(provided_records, records)
    client: FlaskClient = open_provider(records)
    assert len(identifiers(read(client.get("/oai?verb=ListRecords&metadataPrefix=marc21&set=source:two")))) == PAGE
    shutil.rmtree(records / "two")
    gone = read(client.get("/oai?verb=ListRecords&metadataPrefix=marc21&set=source:two"))
    assert codes(gone) == ["noRecordsMatch"]


def test_a_list_goes_on_where_the_records_change_meanwhile(provided_records: Path, tmp_path: Path) -> None:
    """What changed comes at the next harvest; nothing else is passed over, also where the listing is made anew."""
    records = tmp_path / "records"
    shutil.copytree(provided_records, records)
    client: FlaskClient = open_provider(records)
    root = read(client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc"))
    seen = identifiers(root)
    with deliver(records, "one", "2026-03-01") as writer:
        changed = make_record("0015", "Endret")
        writer.append(Form.MARCXML, write_record(Form.MARCXML, changed), RecordNames("0015", "no"))
    for file in records.glob("listing.sqlite*"):
        file.unlink()
    client = open_provider(records)
    while text := token(root).text:
        root = read(client.get("/oai", query_string={"verb": "ListRecords", "resumptionToken": text}))
        seen += identifiers(root)
    assert (len(seen), len(set(seen)), "one/0015" in seen) == (RECORDS - 1, RECORDS - 1, False)
