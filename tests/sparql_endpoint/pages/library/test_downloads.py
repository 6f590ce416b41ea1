"""Records as MARC and MARCXML, and things as JSON in two shapes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it brings no types

from nbkg.records.codecs import read_record
from nbkg.records.form import Form
from nbkg.records.store.record_store import open_records

_SHARED = Path(os.environ.get("NBKG_SHARED", "/nowhere"))
_SCHEMA = _SHARED / "profiles" / "bibframe" / "bibframe-json-0.1" / "schema" / "linked.json"


def test_a_record_is_given_out_as_it_was_delivered(catalogue: FlaskClient, records: Path) -> None:
    answer = catalogue.get("/records/marc-sample/nbkg0015.xml")
    with open_records(records, "marc-sample") as store:
        stored = store.read(store.find_records("nbkg0015")[0])
    assert stored is not None
    assert answer.data == stored.raw
    assert answer.content_type == "application/marcxml+xml"


def test_a_record_that_came_as_xml_is_written_as_iso_2709(catalogue: FlaskClient) -> None:
    answer = catalogue.get("/records/marc-sample/nbkg0015.mrc")
    record = read_record(Form.ISO2709, answer.data)
    assert record.control_number == "nbkg0015"
    assert [field.values("a") for field in record.fields_with("245")] == [["Ningyō no ie /"]]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nbkg0015.mrc"'


@pytest.mark.parametrize("path", ["marc-sample/none.mrc", "none/nbkg0001.xml", "..%2F..%2Fetc/passwd.mrc"])
def test_a_record_that_is_not_there_is_not_found(catalogue: FlaskClient, path: str) -> None:
    assert catalogue.get(f"/records/{path}").status_code == 404


def _json(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/ld+json")
    return json.loads(answer.data)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(12, "Book"), (5, "Movie"), (18, "SheetMusic"), (20, "MusicRecording"), (64, "Map"), (60, "Periodical")],
)
def test_an_instance_is_what_schema_org_calls_it(catalogue: FlaskClient, number: int, kind: str) -> None:
    assert _json(catalogue, f"/schema-org/instance/marc-sample/nbkg{number:04}")["@type"] == kind


def test_schema_org_names_work_publisher_and_number(catalogue: FlaskClient) -> None:
    document = _json(catalogue, "/schema-org/instance/marc-sample/nbkg0024")
    assert document["name"] == "Dragen i Gaupdalen"
    assert document["datePublished"] == "2008"
    assert document["publisher"][0]["name"] == "Gaupdalen forlag"
    assert document["illustrator"][0]["name"] == "Li, Guro, 1975-"
    assert document["isbn"] == "9788299901680"
    assert document["exampleOfWork"][0]["@id"].startswith("https://w3id.org/nbkg/id/work/")


@pytest.mark.skipif(not _SCHEMA.is_file(), reason="the schema of BIBFRAME JSON is not at NBKG_SHARED")
def test_the_shape_of_bibframe_json_is_kept(catalogue: FlaskClient) -> None:
    check = Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))
    instances = [f"instance/marc-sample/nbkg{number:04}" for number in range(1, 81)]
    for path in instances:
        document = _json(catalogue, f"/bibframe-json/{path}")
        assert list(check.iter_errors(document)) == [], path
        work = document["instanceOf"][0].removeprefix("https://w3id.org/nbkg/id/")
        of_work = _json(catalogue, f"/bibframe-json/{work}")
        assert list(check.iter_errors(of_work)) == [], work
        assert f"https://w3id.org/nbkg/id/{path}" in of_work["hasInstance"]
        hub = of_work["expressionOf"][0]["@id"].removeprefix("https://w3id.org/nbkg/id/")
        assert list(check.iter_errors(_json(catalogue, f"/bibframe-json/{hub}"))) == [], hub


def test_what_is_unknown_has_no_json(catalogue: FlaskClient) -> None:
    assert catalogue.get("/bibframe-json/hub/none").status_code == 404
    assert catalogue.get("/schema-org/%3Cx%3E").status_code == 404
