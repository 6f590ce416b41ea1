"""Answers of BARE in JSON, held against the same records as BARE delivers them in MARC 21."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.codecs import read_record
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord
from tests.loader.marc.mapped import Mapped

BARE = Path(os.environ.get("NBKG_SHARED", "/nowhere")) / "data" / "no_bare_sru_json"
RECORD = {
    "authorityType": "PERSON",
    "status": "kat3",
    "deleted": False,
    "systemControlNumber": "90000001",
    "lastUpdateDate": "2018-11-01 08:38:24.594",
    "createdDate": "1996-09-18 00:00:00.000",
    "marcdata": [
        {
            "tag": "100",
            "ind1": "1",
            "ind2": " ",
            "subfields": [{"subcode": "a", "value": "Vik, Tor"}, {"subcode": "d", "value": "1963-"}],
        },
        {"tag": "043", "ind1": "", "ind2": "", "subfields": [{"subcode": "c", "value": "no"}]},
    ],
    "identifiersMap": {
        "autid": ["x90000001"],
        "scn": ["90000001"],
        "feide": ["tor@example.org"],
        "orcid": ["0000-0002-1825-0097"],
    },
}


def _file(folder: Path, value: object) -> Path:
    file = folder / "svar.json"
    file.write_text(json.dumps(value, indent=2), encoding="utf-8")
    return file


def _records(file: Path) -> list[DeliveredRecord]:
    deliveries = list(read_marc_file(file))
    assert [each for each in deliveries if isinstance(each, DamagedRecord)] == []
    return [each for each in deliveries if isinstance(each, DeliveredRecord)]


@pytest.mark.parametrize(
    "wrap", [lambda r: r, lambda r: [r, r][:1], lambda r: {"q": 'a "b', "numFound": 1, "results": [r]}]
)
def test_a_record_is_the_same_alone_in_a_list_and_in_an_answer(wrap: object, tmp_path: Path) -> None:
    assert callable(wrap)
    [delivered] = _records(_file(tmp_path, wrap(RECORD)))
    fields = {
        (field.tag, field.data or " ".join(value for _code, value in field.subfields))
        for field in delivered.record.fields
    }
    assert fields == {
        ("001", "90000001"),
        ("003", "NO-TrBIB"),
        ("005", "20181101083824.5"),
        ("008", f"960918{'|' * 34}"),
        ("024", "x90000001 NO-TrBIB"),
        ("024", "0000-0002-1825-0097 orcid"),
        ("043", "no"),
        ("100", "Vik, Tor 1963-"),
        ("901", "kat3"),
    }
    assert [field.tag for field in delivered.record.fields] == sorted(tag for tag, _text in fields)
    assert [oddity.code for oddity in delivered.record.oddities] == ["identifier"]
    assert read_record(Form.MARC_JSON, delivered.raw) == delivered.record


def test_an_answer_has_all_its_records_and_may_have_none(tmp_path: Path) -> None:
    answer = {"q": "x", "startRow": "1", "maxRows": "10", "numFound": 2, "results": [RECORD, RECORD]}
    assert len(_records(_file(tmp_path, answer))) == 2
    assert _records(_file(tmp_path, {**answer, "numFound": 0, "results": []})) == []


def test_a_deleted_record_says_so_and_a_field_without_subfields_is_damaged(tmp_path: Path) -> None:
    [deleted] = _records(_file(tmp_path, {**RECORD, "deleted": True}))
    assert deleted.record.is_deleted
    wrong = {**RECORD, "marcdata": [{"tag": "100"}]}
    [damaged] = read_marc_file(_file(tmp_path, wrong))
    assert isinstance(damaged, DamagedRecord)
    assert "no “subfields”" in damaged.reason


def test_the_person_has_the_iri_of_the_number_and_its_identifiers(tmp_path: Path) -> None:
    mapped = Mapped([_records(_file(tmp_path, RECORD))[0].record], "noraf")
    assert mapped.of_class("bf:Person") == ["id:agent/noraf-90000001"]
    assert mapped.objects("id:agent/noraf-90000001", "rdfs:label") == ["Vik, Tor, 1963-"]
    assert "example.org" not in "".join(mapped.results[0].lines)


@pytest.mark.skipif(not BARE.is_dir(), reason="the answers of BARE are not here (NBKG_SHARED)")
def test_the_answers_of_bare_are_read() -> None:
    numbers = {
        file.name.removeprefix("resources__bareSingleAuthority"): [
            each.record.control_number for each in _records(file)
        ]
        for file in sorted(BARE.glob("resources__*.json"))
    }
    assert numbers == {
        "CreateResponse.json": ["123456789"],
        "GetResponse.json": ["90517730"],
        "GetResponseWithAllIds.json": ["90517730"],
        "Response.json": ["90517730"],
        "resources__bareEmptyResponse.json": [],
        "resources__createAuthorityRequestToBare.json": [""],
    }
