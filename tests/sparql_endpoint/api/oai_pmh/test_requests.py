"""Requests: every one has exactly one answer in XML, with the error that the protocol has for it (section 3.6)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.oai_pmh.oai_identifiers import IdentifierScheme
from sparql_endpoint.api.oai_pmh.resumption_tokens import ListState, read_token, write_token
from tests.sparql_endpoint.api.oai_pmh.conftest import OAI, START, Ask, codes, identifiers, read

LIST = "verb=ListRecords&metadataPrefix=oai_dc"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=ListSets", "badVerb"),
        ("verb=%FF", "badArgument"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=GetRecord", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
        (f"{LIST}&fRom=2001-01-01", "badArgument"),
        (f"{LIST}&resumptionToken=T", "badArgument"),
        (f"{LIST}&from=2026-01-01&until=2026-01-01T00:00:00Z", "badArgument"),
        (f"{LIST}&from=2026-02-01&until=2026-01-01", "badArgument"),
        (f"{LIST}&from=", "badArgument"),
        (f"{LIST}&until=2026-02-30", "badArgument"),
        (f"{LIST}&from=%D9%A2%D9%A0%D9%A2%D9%A5-01-01", "badArgument"),
        (f"{LIST}&set=a%20b", "badArgument"),
        (f"{LIST}&set=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=no_such", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=%3Cscript%3E", "badArgument"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=%00", "badArgument"),
        ("verb=ListRecords&resumptionToken=eyJjdXJzb3IiOiAtMX0=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:no.such:91", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%01", "badArgument"),
        (f"verb=GetRecord&metadataPrefix=no_such&identifier={START}one/0002", "cannotDisseminateFormat"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
        ("&".join(["verb=Identify", *(f"a{number}=1" for number in range(60))]), "badArgument"),
    ],
)
def test_a_wrong_request_has_its_error(provider: FlaskClient, query: str, code: str) -> None:
    for root in (
        read(provider.get(f"/oai?{query}")),
        read(provider.post("/oai", data=query, content_type="application/x-www-form-urlencoded")),
    ):
        assert codes(root) == [code]
        arguments = dict(root.find(f"{OAI}request").attrib)
        assert not arguments or code not in {"badVerb", "badArgument"}


def test_post_gets_the_same_answer(provider: FlaskClient) -> None:
    posted = provider.post("/oai", data={"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert identifiers(read(posted)) == identifiers(
        read(provider.get("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"))
    )
    other = provider.post("/oai", data="{}", content_type="application/json")
    assert codes(read(other)) == ["badArgument"]


def test_head_has_the_head_of_get(provider: FlaskClient) -> None:
    head = provider.head("/oai?verb=Identify")
    assert (head.status_code, head.content_type, head.data) == (200, "text/xml; charset=utf-8", b"")


def test_identify_says_what_harvesters_need(ask: Ask) -> None:
    root = ask("Identify")
    said = {each.tag.removeprefix(OAI): each.text for each in root.find(f"{OAI}Identify")}
    assert (said["baseURL"], said["deletedRecord"]) == ("http://localhost/oai", "persistent")
    assert (said["earliestDatestamp"], said["granularity"]) == ("2025-10-14T00:00:00Z", "YYYY-MM-DDThh:mm:ssZ")
    (sample,) = root.iter("{http://www.openarchives.org/OAI/2.0/oai-identifier}sampleIdentifier")
    assert sample.text == f"{START}one/0004"


def test_the_base_url_is_that_by_which_a_proxy_was_reached(provider: FlaskClient) -> None:
    root = read(provider.get("/oai?verb=Identify", base_url="https://data.example.org/nbkg"))
    assert root.findtext(f".//{OAI}baseURL") == root.findtext(f"{OAI}request") == "https://data.example.org/nbkg/oai"


def test_sets_have_names_in_three_languages(ask: Ask) -> None:
    root = ask("ListSets")
    sets = {each.findtext(f"{OAI}setSpec"): each for each in root.iter(f"{OAI}set")}
    assert sets["bibliography:Norbok"].findtext(f"{OAI}setName") == "Nasjonalbibliografi: Norbok"
    assert sets["kind:bibliographic:serial"].findtext(f"{OAI}setName") == "Periodika"
    assert [each.text for each in sets["source"].iter("{*}title")] == ["Kilde", "Kjelde", "Source"]


def test_a_record_names_its_formats(ask: Ask) -> None:
    prefixes = [each.text for each in ask("ListMetadataFormats").iter(f"{OAI}metadataPrefix")]
    assert prefixes[:2] == ["oai_dc", "marc21"]
    of_record = ask("ListMetadataFormats", identifier=f"{START}one/0004")
    assert "oai_dc" in [each.text for each in of_record.iter(f"{OAI}metadataPrefix")]


def test_a_server_without_records_says_so(client: FlaskClient) -> None:
    assert client.get("/oai?verb=Identify").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_stylesheet_is_in_the_language_of_the_reader(provider: FlaskClient, language: str) -> None:
    response = provider.get("/oai/stylesheet.xsl", headers={"Accept-Language": language})
    titles = {"nb": "Høsting av poster", "nn": "Hausting av postar", "en": "Harvesting of records"}
    assert titles[language] in response.text
    assert response.headers["Content-Language"] == language


def test_tokens_that_were_changed_are_refused() -> None:
    state = ListState("ListRecords", "oai_dc", "a:b", 1_800_000_000, 400, 100, 1_700_000_000, "one", 12)
    text = write_token(state)
    assert read_token(text, "ListRecords") == state
    for forged in (text[:-1], text + "x", text[::-1], text.swapcase(), text[1:], text + "=", f" {text}", "A" * 5000):
        with pytest.raises(OaiPmhError, match="no such token"):
            read_token(forged, "ListRecords")


@pytest.mark.parametrize(
    ("base", "identifier"),
    [
        ("https://w3id.org/nbkg/", "oai:w3id.org:nbkg/one/1"),
        ("https://data.nb.no/", "oai:data.nb.no:one/1"),
        ("http://localhost:8000/x/", "oai:localhost.localdomain:x/one/1"),
    ],
)
def test_identifiers_are_made_of_the_base(base: str, identifier: str) -> None:
    scheme = IdentifierScheme.of_base(base)
    assert (scheme.write("one/1"), scheme.read(identifier), scheme.read("oai:other.org:one/1")) == (
        identifier,
        "one/1",
        "",
    )
