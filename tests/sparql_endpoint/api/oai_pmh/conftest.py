"""A store of records with what a provider meets: several times, deletions, edits, and records that no XML can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]

from nbkg.records.codecs import write_record
from nbkg.records.form import Form
from nbkg.records.record import MarcField, MarcRecord
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.shared_folders import copied_once
from tests.sparql_endpoint.pages.library.conftest import records, sample_store  # noqa: F401  # fixtures

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MARC = "{http://www.loc.gov/MARC21/slim}"
START = "oai:w3id.org:nbkg/"
PAGE = 4
BOOKS = 20
Ask = Callable[..., etree._Element]


def make_record(number: str, title: str, *fields: MarcField, leader: str = "00000nam a2200000 i 4500") -> MarcRecord:
    """Return a record with a title and further fields."""
    first = [MarcField("001", data=number), MarcField("008", data="251014s1890    no            000 1 nob d")]
    return MarcRecord(leader, [*first, MarcField("245", "10", [("a", title)]), *fields])


DIGITAL = MarcField("856", "41", [("u", "https://urn.nb.no/URN:NBN:no-nb_digibok_1"), ("y", "Nasjonalbiblioteket")])


def _make(folder: Path) -> None:
    with deliver(folder, "one", "2025-10-14") as writer:
        for number in range(1, BOOKS + 1):
            record = make_record(f"{number:04}", f"Bok {number}", MarcField("913", "  ", [("a", "Norbok")]))
            writer.append(Form.MARCXML, write_record(Form.MARCXML, record), RecordNames(f"{number:04}", "no"))
        odd = make_record("odd", "Tittel med \x0b og \ufffe og \x00")
        writer.append(Form.ISO2709, write_record(Form.ISO2709, odd), RecordNames("odd"))
        writer.append(Form.ISO2709, b"00026nam a2200025   4500 damaged", RecordNames("damaged"))
    with deliver(folder, "one", "2026-01-05T12:00:00Z") as writer:
        writer.delete(RecordNames("0001", "no"))
        changed = make_record("0002", "Bok 2, ny tittel", DIGITAL)
        writer.append(Form.MARCXML, write_record(Form.MARCXML, changed), RecordNames("0002", "no"))
        digital = make_record("0003", "Bok 3", DIGITAL, leader="00000cas a2200000 i 4500")
        writer.append(Form.ISO2709, write_record(Form.ISO2709, digital), RecordNames("0003", "no"))
    with deliver(folder, "one", "2026-01-06T23:59:59Z") as writer:
        digital_no_more = make_record("0003", "Bok 3", leader="00000cas a2200000 i 4500")
        writer.append(Form.ISO2709, write_record(Form.ISO2709, digital_no_more), RecordNames("0003", "no"))
    with deliver(folder, "two", "2026-02-01") as writer:
        control = make_record("json", "Tegn \x0b i JSON")
        writer.append(Form.MARC_JSON, write_record(Form.MARC_JSON, control), RecordNames("json"))
        for name in ("a b", "a%20b", "æ/ø"):
            record = make_record(name, f"Tegn {name}")
            writer.append(Form.MARC_JSON, write_record(Form.MARC_JSON, record), RecordNames(name))


@pytest.fixture(scope="session")
def provided_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of records, which this process has for itself."""
    return copied_once(tmp_path_factory, "provided-records", _make)


def open_provider(folder: Path) -> FlaskClient:
    """Return a client of a server with a store of records."""
    settings = Settings(records=str(folder), list_page=PAGE)
    return create_app(settings, open_memory("memory:", settings.default_graph, ox.Store())).test_client()


@pytest.fixture(scope="session")
def provider(provided_records: Path) -> FlaskClient:
    return open_provider(provided_records)


@pytest.fixture(scope="session")
def ask(provider: FlaskClient) -> Ask:
    """Asks for a verb, and returns the root of the answer, which is XML in every case."""

    def ask_for(verb: str = "", **arguments: str) -> etree._Element:
        pairs: Mapping[str, str] = {"verb": verb, **{name.rstrip("_"): value for name, value in arguments.items()}}
        return read(provider.get("/oai", query_string=pairs))

    return ask_for


def read(response: object) -> etree._Element:
    """Return the root of an answer, after checks that hold for all of them."""
    assert (response.status_code, response.content_type) == (200, "text/xml; charset=utf-8")  # type: ignore[attr-defined]
    root = etree.fromstring(response.data)  # type: ignore[attr-defined]
    assert root.tag == f"{OAI}OAI-PMH"
    return root


def codes(root: etree._Element) -> list[str | None]:
    """Return the codes of errors."""
    return [error.get("code") for error in root.iter(f"{OAI}error")]


def identifiers(root: etree._Element) -> list[str]:
    """Return the identifiers of the records of an answer, without what all of them begin with."""
    return [(each.text or "").removeprefix(START) for each in root.iter(f"{OAI}identifier")]


def token(root: etree._Element) -> etree._Element:
    """Return the resumption token of an answer."""
    (only,) = root.iter(f"{OAI}resumptionToken")
    return only
