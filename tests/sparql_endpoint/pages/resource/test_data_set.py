"""The page of a data set of ours tells its terms, and its files in the newest release."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.dumps.release_folders import make_releases

DATA = """
@base <https://w3id.org/nbkg/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> .
<graph/meta> {
  <dataset/catalogue> a dcat:Dataset ; dcterms:title "Alt"@nb , "Everything"@en ; dcterms:hasPart <graph/one> .
  <dataset/series> a dcat:DatasetSeries ; dcterms:title "Serien"@nb ; dcterms:hasPart <graph/two> .
  <dataset/none> a dcat:Dataset ; dcterms:title "Ingenting"@nb ; dcterms:hasPart <graph/absent> .
  <dataset/record> a dcat:Catalog ; dcterms:identifier "catalog" ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
  <dataset/service> a dcat:DataService ; dcat:servesDataset <dataset/whole> .
  <dataset/reports> a dcat:DatasetSeries ; dcterms:title "Rapportene"@nb .
  <id/report/1> dcat:inSeries <dataset/reports> .
  <graph/one> dcterms:isPartOf <dataset/whole> .
  <graph/two> dcterms:isPartOf <dataset/whole> .
  <graph/one> dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
  <graph/two> dcterms:rights "Rapportens ord"@nb , "The report's words"@en .
}
<graph/two> { <id/report/1> a <ns#StatusReport> . }
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases whose data set is `dataset/catalogue`; in the newest there is `dataset/series/1` too."""
    folder = make_releases(tmp_path_factory.mktemp("dumps"), ["2025-10-14", "2026-03-02"])
    file = folder / "2026-03-02" / "release.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    record = {"path": "catalog.ttl", "bytes": 2, "sha256": "", "mediaType": "text/turtle"}
    (folder / "2026-03-02" / "catalog.ttl").write_text("# ")
    index["files"].append(record)
    index["datasets"].append({**index["datasets"][0], "iri": "https://w3id.org/nbkg/dataset/series/1"})
    file.write_text(json.dumps(index), encoding="utf-8")
    return folder


def _client(releases: Path | None) -> FlaskClient:
    data = ox.Store()
    data.load(DATA, format=ox.RdfFormat.TRIG)
    return create_app(Settings(dumps=str(releases or "")), open_memory("memory:", data=data)).test_client()


def _page(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html5lib")


def _section(page: BeautifulSoup, key: str) -> str:
    section = page.find("section", attrs={"aria-labelledby": key})
    return " ".join(section.get_text().split()) if section else ""


def test_it_tells_terms_and_files(releases: Path) -> None:
    client = _client(releases)
    page = _page(client, "/dataset/catalogue?lang=en")
    assert "Licence: CC0 1.0" in _section(page, "terms")
    assert "2026-03-02" in _section(page, "get")
    links = [str(link["href"]) for link in page.select("section[aria-labelledby=get] ul a")]
    assert links == [
        "/dumps/2026-03-02/datasets/everything/LICENSE",
        "/dumps/2026-03-02/datasets/everything/everything.nq.gz",
    ]
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_series_has_the_files_of_its_data_sets(releases: Path) -> None:
    page = _page(_client(releases), "/dataset/series?lang=en")
    assert "The report's words" in _section(page, "terms")
    assert "everything.nq.gz" in _section(page, "get")


def test_without_releases_it_says_where_the_data_can_be_fetched() -> None:
    page = _page(_client(None), "/dataset/catalogue?lang=nn")
    assert "SPARQL-endepunktet" in _section(page, "get")


def test_other_resources_have_no_such_sections(releases: Path) -> None:
    page = _page(_client(releases), "/graph/one?lang=nb")
    assert (_section(page, "terms"), _section(page, "get")) == ("", "")


TERMS = {
    "record": "Licence: CC0 1.0",
    "service": "The report's words",
    "reports": "The report's words",
}


@pytest.mark.parametrize("name", TERMS)
def test_records_services_and_series_tell_their_terms(releases: Path, name: str) -> None:
    assert TERMS[name] in _section(_page(_client(releases), f"/dataset/{name}?lang=en"), "terms")


def test_a_record_is_a_file_of_the_release(releases: Path) -> None:
    page = _page(_client(releases), "/dataset/record?lang=en")
    assert [str(link["href"]) for link in page.select("section[aria-labelledby=get] ul a")] == [
        "/dumps/2026-03-02/catalog.ttl"
    ]


def test_a_data_set_without_data_says_so(releases: Path) -> None:
    assert "This data set holds no data yet." in _section(_page(_client(releases), "/dataset/none?lang=en"), "get")


def test_a_new_release_of_unchanged_data_is_shown_at_once(tmp_path: Path) -> None:
    folder = make_releases(tmp_path / "dumps", ["2025-10-14"])
    client = _client(folder)
    address = "/dataset/catalogue?lang=en"
    assert "2025-10-14" in _section(_page(client, address), "get")
    before = client.get(address, headers={"Accept": "text/html"})
    again = {"Accept": "text/html", "If-None-Match": before.headers["ETag"]}
    assert client.get(address, headers=again).status_code == 304
    assert "Last-Modified" not in before.headers
    make_releases(tmp_path / "more", ["2026-03-02"])
    (tmp_path / "more" / "2026-03-02").rename(folder / "2026-03-02")
    (folder / "latest").unlink()
    (folder / "latest").symlink_to("2026-03-02")
    assert client.get(address, headers=again).status_code == 200
    assert "2026-03-02" in _section(_page(client, address), "get")
