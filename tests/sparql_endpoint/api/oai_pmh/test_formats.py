"""The formats of records: what a record becomes in each."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from nbkg.records.store.record_store import open_records
from tests.sparql_endpoint.api.oai_pmh.conftest import DC, MARC, OAI, START, Ask


def test_marcxml_is_given_out_byte_for_byte(provider: FlaskClient, provided_records: Path) -> None:
    response = provider.get(f"/oai?verb=GetRecord&metadataPrefix=marc21&identifier={START}one/0004")
    with open_records(provided_records, "one") as store:
        stored = store.read(4)
    assert stored is not None
    assert stored.raw.strip() in response.data


def test_other_forms_become_marcxml(ask: Ask) -> None:
    for name in ("one/odd", "two/a%20b"):
        root = ask("GetRecord", metadataPrefix="marc21", identifier=START + name)
        (record,) = root.find(f".//{OAI}metadata")
        assert record.tag == f"{MARC}record"


def test_dublin_core_has_title_type_date_and_language(ask: Ask) -> None:
    root = ask("GetRecord", metadataPrefix="oai_dc", identifier=f"{START}one/0002")
    written = {(each.tag.removeprefix(DC), each.text) for each in root.find(f".//{OAI}metadata")[0]}
    assert written == {
        ("title", "Bok 2, ny tittel"),
        ("type", "Text"),
        ("date", "1890"),
        ("language", "nob"),
        ("identifier", "https://urn.nb.no/URN:NBN:no-nb_digibok_1"),
        ("identifier", "https://w3id.org/nbkg/id/record/one/0002"),
    }
