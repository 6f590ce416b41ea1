"""Documents in JSON: their forms, their faults, and records about people, which are refused."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from nbkg.errors import DataError
from tests.loader.json_records.conftest import MapJson

RECORD: dict[str, Any] = {
    "identifier": "p1",
    "status": "PUBLISHED",
    "entityDescription": {"mainTitle": "Skarven", "reference": {"publicationInstance": {"type": "Map"}}},
}
OTHER = RECORD | {"identifier": "p2"}
LINES = "\n".join(json.dumps(each) for each in (RECORD, OTHER)).encode()
FORMS = {
    "a list": json.dumps([RECORD, OTHER]).encode(),
    "a page of an API": json.dumps({"hits": [RECORD, OTHER], "total": 2}).encode(),
    "JSON Lines": LINES,
    "JSON Lines with CR LF and an empty line": LINES.replace(b"\n", b"\r\n\r\n") + b"\r\n",
    "compressed": gzip.compress(LINES, mtime=0),
    "with line breaks in it": json.dumps([RECORD, OTHER], indent=1).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_document_in_any_form_has_its_two_records(map_json: MapJson, form: str) -> None:
    assert map_json("nva", FORMS[form]).summary == "2 records in JSON from 1 source"


def test_one_record_alone_is_a_document(map_json: MapJson) -> None:
    assert map_json("nva", RECORD).summary == "1 records in JSON from 1 source"


BROKEN = {
    "an HTML page": b"<html><body>Log in</body></html>",
    "a document that breaks off": json.dumps([RECORD, OTHER], indent=1).encode()[:-30],
    "nothing": b"",
    "a text": b'"Skarven"',
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_json_is_an_error_and_never_an_empty_success(map_json: MapJson, kind: str) -> None:
    with pytest.raises(DataError, match=r"records\.json"):
        map_json("nva", BROKEN[kind])


def test_a_bad_line_is_told_and_the_others_go_on(map_json: MapJson) -> None:
    mapped = map_json("nva", LINES + b'\n{"identifier": \n[1]\n' + json.dumps(RECORD | {"identifier": "p3"}).encode())
    assert mapped.summary.startswith("3 records")
    assert [warning.split(" is no")[0] for warning in mapped.warnings] == ["line 3", "line 4"]


ODD: dict[str, Any] = {
    "a title that is a list": {"mainTitle": ["Skarven"]},
    "contributors that are a text": {"contributors": "Vik, Tor"},
    "a reference that is null": {"reference": None},
    "half of a surrogate pair": {"mainTitle": "Skarven \ud83d"},
    "a control character": {"mainTitle": "Skar\u0000ven"},
    "a number as a title": {"mainTitle": 1984},
    "a language that is none": {"alternativeTitles": {"not a tag!": "Skarv"}},
    "a channel with signs of IRIs": {
        "reference": {"publicationContext": {"id": "https://x/publication-channels/<a b>"}}
    },
}


@pytest.mark.parametrize("kind", ODD)
def test_values_of_another_form_never_break_a_record(map_json: MapJson, kind: str) -> None:
    odd = RECORD | {"entityDescription": RECORD["entityDescription"] | ODD[kind]}
    assert map_json("nva", [odd, OTHER]).summary.startswith("2 records")


def test_a_record_without_a_key_is_told_and_left_out(map_json: MapJson) -> None:
    mapped = map_json("nva", [{"status": "PUBLISHED"}, RECORD])
    assert mapped.warnings == ["record 1: it has no identifier to be known by; it was left out"]


PEOPLE: dict[str, Any] = {
    "a birth number": {"note": "Innlevert av 01010750160"},
    "one deep inside": {"entityDescription": {"contributors": [{"identity": {"note": "010107 50160"}}]}},
    "one as a number": {"number": 13097248022},
    "one by the name of its member": {"fødselsnummer": "12345678901"},
    "a national library card": {"note": "N123456789"},
    "a card by the name of its member": {"libraryCardNumber": "0100 123456"},
    "a record of a patron": {"type": "Patron"},
    "a record of a loan": {"loan_id": "77", "item": "x"},
    "a key that is one": {"identifier": "01010750160"},
}
"""The numbers are made up; the check digits of those that need them are right."""


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_record_about_people_is_refused_and_named_by_its_id_only(map_json: MapJson, kind: str) -> None:
    mapped = map_json("nva", [RECORD | PEOPLE[kind], OTHER])
    assert mapped.summary.startswith("1 records")
    refused = [
        warning for warning in mapped.warnings if "data about people is refused" in warning or "known by" in warning
    ]
    assert len(refused) == 1
    assert refused[0].startswith(("record p1: ", "record 1: "))
    assert not any(number in refused[0] for number in ("50160", "48022", "45678", "23456"))


def test_numbers_of_editions_are_no_numbers_of_people(map_json: MapJson) -> None:
    context = {"isbnList": ["9788299993104"], "onlineIssn": "9999-4003"}
    numbers = {"additionalIdentifiers": [{"type": "CristinIdentifier", "value": "1132482584"}], "size": 13097248022}
    description = RECORD["entityDescription"] | {"reference": {"publicationContext": context}}
    mapped = map_json("nva", RECORD | numbers | {"entityDescription": description})
    assert not [warning for warning in mapped.warnings if "refused" in warning]
