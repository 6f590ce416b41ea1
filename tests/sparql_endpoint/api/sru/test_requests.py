"""Requests: parameters of each version, and the diagnostics of the standard for what is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.sparql_endpoint.api.sru.conftest import SRU, SRW, Search, diagnostics, size

OLD = "version=1.2&operation=searchRetrieve"


@pytest.mark.parametrize(
    ("query_string", "number"),
    [
        (f"{OLD}", 7),
        (f"{OLD}&query=", 10),
        (f"{OLD}&query=a%20prox%20b", 39),
        (f"{OLD}&query=a%20and/rel.x%20b", 46),
        (f"{OLD}&query=xx.title=a", 15),
        (f"{OLD}&query=dc.nosuch=a", 16),
        (f"{OLD}&query=title%20encloses%20a", 19),
        (f"{OLD}&query=title%20=/fuzzy%20a", 20),
        (f"{OLD}&query=title<a", 22),
        (f"{OLD}&query=bs.isbn>1", 22),
        (f'{OLD}&query=title=""', 27),
        (f"{OLD}&query=title=a*b", 28),
        (f"{OLD}&query=title=a?", 28),
        (f"{OLD}&query=title=*", 28),
        (f'{OLD}&query=title="^a"', 31),
        (f'{OLD}&query=title="..."', 36),
        (f"{OLD}&query=date%20within%201880", 36),
        (f"{OLD}&query=ibsen&startRecord=5000", 61),
        (f"{OLD}&query=ibsen&startRecord=0", 6),
        (f"{OLD}&query=ibsen&startRecord=x", 6),
        (f"{OLD}&query=ibsen&maximumRecords=-1", 6),
        (f"{OLD}&query=ibsen&maximumRecords=%D9%A1", 6),
        (f"{OLD}&query=ibsen&maximumRecords=99999999999", 6),
        (f"{OLD}&query=ibsen&recordSchema=nosuch", 66),
        (f"{OLD}&query=ibsen&recordPacking=packed", 71),
        (f"{OLD}&query=ibsen&stylesheet=/x.xsl", 110),
        (f"{OLD}&query=ibsen&nosuch=1", 8),
        (f"{OLD}&query=ibsen&recordXMLEscaping=xml", 8),
        (f"{OLD}&query=ibsen&query=hamsun", 6),
        (f"{OLD}&query=%FF", 6),
        (f"{OLD}&query=ibsen%20sortBy%20nosuch", 16),
        (f"{OLD}&query=ibsen%20sortBy%20subject", 88),
        (f"{OLD}&query=ibsen%20sortBy%20title/sort.locale=nb", 82),
        (f"{OLD}&query=ibsen&sortKeys=title,,2", 82),
        (f"{OLD}&query=ibsen%20sortBy%20title%20title%20title%20title", 84),
        ("version=1.2&operation=scan&scanClause=a", 8),
        ("version=1.2&operation=update", 4),
        ("version=3.0&query=ibsen", 5),
        (f"{OLD}&query=title=%22{'a%20' * 60}%22", 12),
        ("version=2.0&query=ibsen&queryType=searchTerms", 6),
        ("query=ibsen&recordXMLEscaping=no", 71),
        ("query=ibsen&recordPacking=xml", 71),
    ],
)
def test_a_wrong_request_has_its_diagnostic(sru: FlaskClient, query_string: str, number: int) -> None:
    for response in (
        sru.get(f"/sru?{query_string}"),
        sru.post("/sru", data=query_string, content_type="application/x-www-form-urlencoded"),
    ):
        assert (response.status_code, response.mimetype) == (200, "text/xml")
        assert diagnostics(etree.fromstring(response.data)) == [number]


def test_numbers_of_a_request_are_limits(search: Search) -> None:
    assert len(list(search("cql.allRecords=1").iter(f"{SRW}record"))) == 10
    assert len(list(search("cql.allRecords=1", maximumRecords=1000).iter(f"{SRW}record"))) == 81
    root = search("cql.allRecords=1", maximumRecords=0)
    assert (size(root), root.findtext(f"{SRW}nextRecordPosition")) == (81, "1")
    assert size(search("title=finnesikke")) == 0


@pytest.mark.parametrize(
    ("query_string", "namespace", "version"),
    [
        ("", SRU, "2.0"),
        ("version=2.0", SRU, "2.0"),
        ("operation=explain", SRW, "1.2"),
        ("version=1.1&operation=explain", SRW, "1.1"),
    ],
)
def test_explain_describes_the_service(sru: FlaskClient, query_string: str, namespace: str, version: str) -> None:
    root = etree.fromstring(sru.get(f"/sru?{query_string}", base_url="https://data.example.org/nb").data)
    assert (root.tag, root.findtext(f"{namespace}version")) == (f"{namespace}explainResponse", version)
    (server,) = root.iter("{*}serverInfo")
    parts = {each.tag.rpartition("}")[2]: each.text for each in server}
    assert parts == {"host": "data.example.org", "port": "443", "database": "nb/sru"}
    assert len({each.get("name") for each in root.iter("{*}set")}) == 6


def test_the_request_is_repeated(search: Search) -> None:
    echo = search("ibsen", maximumRecords=1).find(f"{SRW}echoedSearchRetrieveRequest")
    assert {each.tag.removeprefix(SRW): each.text for each in echo} == {
        "version": "1.2",
        "query": "ibsen",
        "maximumRecords": "1",
    }


def test_a_record_with_characters_that_xml_cannot_hold_is_cleaned(search: Search) -> None:
    root = search("title=tegn")
    assert [each.text for each in root.iter("{*}subfield")] == ["Tegn \ufffd i tittelen"]


def test_head_and_other_sites(sru: FlaskClient) -> None:
    head = sru.head("/sru?query=ibsen")
    assert (head.status_code, head.data, head.headers["Access-Control-Allow-Origin"]) == (200, b"", "*")


def test_a_server_without_records_has_no_search(client: FlaskClient) -> None:
    assert client.get("/sru?query=ibsen").status_code == 404


class _Silent(WSGIRequestHandler):
    def log(self, *_arguments: object) -> None:
        """Write no lines."""


@pytest.fixture(scope="module")
def address(sru: FlaskClient) -> Iterator[str]:
    if not shutil.which("yaz-client"):
        if "yaz" in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail("yaz-client is not there, but NBKG_REQUIRE names it")
        pytest.skip("yaz-client is not there; Debian has it in the package yaz")
    server = make_server("127.0.0.1", 0, sru.application, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/sru"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yaz_client_searches_and_shows(address: str, version: str, method: str) -> None:
    """https://software.indexdata.com/yaz/doc/yaz-client.html"""
    commands = (
        f"sru {method} {version}\nopen {address}\nfind bs.tittel=sult\nschema mods\nshow 1\nfind a prox b\nquit\n"
    )
    done = subprocess.run(["yaz-client"], input=commands, capture_output=True, text=True, timeout=30, check=False)
    hits = [int(number) for number in re.findall(r"Number of hits: (\d+)", done.stdout)]
    assert hits[0] == 5, done.stdout
    assert "<mods xmlns" in done.stdout
    assert "SRW diagnostic info:srw/diagnostic/1/39" in done.stdout
