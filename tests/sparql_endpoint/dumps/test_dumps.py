"""Releases served at `/dumps/`, and as a plain site."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from loader.cli import nbkg
from sparql_endpoint import create_app
from sparql_endpoint.dumps import ranges
from sparql_endpoint.errors import RangeNotSatisfiableError
from sparql_endpoint.services.release_folder import ReleaseFolder
from sparql_endpoint.settings import Settings
from tests.sparql_endpoint.dumps.release_folders import make_releases
from tests.sparql_endpoint.serving import Server, served

VERSIONS = ["2025-10-14", "2026-03-02"]
FILE = "datasets/everything/everything.nq.gz"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_releases(tmp_path_factory.mktemp("dumps"), VERSIONS)


@pytest.fixture(scope="module")
def client(releases: Path) -> FlaskClient:
    return create_app(Settings(store="memory:", workers=0, dumps=str(releases))).test_client()


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[Server]:
    with served("memory:", "--dumps", str(releases)) as server:
        yield server


RANGES = {
    "": None,
    "bytes=0-": (0, 100),
    "bytes=5-9": (5, 10),
    "bytes=90-1000": (90, 100),
    "bytes=-10": (90, 100),
    "bytes=-1000": (0, 100),
    "bytes=9-5": None,
    "bytes=-": None,
    "bytes=0-1,5-6": None,
    "lines=1-2": None,
    "bytes=x-y": None,
}
"""Range to the bytes of a file of 100; what cannot be read, or asks for several, is answered by the whole."""


@pytest.mark.parametrize("range_", RANGES)
def test_ranges(range_: str) -> None:
    assert ranges.find_range(range_, "", '"t"', 100) == RANGES[range_]


def test_ranges_outside_and_of_other_versions() -> None:
    for outside in ("bytes=100-", "bytes=100-200", "bytes=-0"):
        with pytest.raises(RangeNotSatisfiableError):
            ranges.find_range(outside, "", '"t"', 100)
    assert ranges.find_range("bytes=0-1", '"t"', '"t"', 100) == (0, 2)
    assert ranges.find_range("bytes=0-1", '"other"', '"t"', 100) is None


def _digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.mark.parametrize("through", ["application", "server"])
def test_a_file(through: str, releases: Path, client: FlaskClient, server: Server) -> None:
    """Through our own server, which sends the file itself, and without it: the same."""
    content = (releases / VERSIONS[1] / FILE).read_bytes()
    for asked, status, body in (({}, 200, content), ({"Range": "bytes=3-7"}, 206, content[3:8])):
        if through == "server":
            got, sent = server.ask("GET", f"/dumps/{VERSIONS[1]}/{FILE}", headers=asked)
            headers = {name.lower(): value for name, value in got.getheaders()}
            assert got.status == status
        else:
            answer = client.get(f"/dumps/{VERSIONS[1]}/{FILE}", headers=asked)
            sent, headers = answer.data, {name.lower(): value for name, value in answer.headers}
            assert answer.status_code == status
        assert sent == body
        assert headers["content-type"] == "application/gzip"
        assert "content-encoding" not in headers
        assert headers["content-length"] == str(len(body))
        assert headers["repr-digest"] == _digest(content)
        assert headers.get("content-digest") == (_digest(content) if status == 200 else None)
        assert headers.get("content-range") == (f"bytes 3-7/{len(content)}" if status == 206 else None)
        assert "immutable" in headers["cache-control"]


def test_a_client_that_has_the_file(client: FlaskClient) -> None:
    where = f"/dumps/{VERSIONS[0]}/{FILE}"
    head = client.head(where)
    assert (head.status_code, head.data) == (200, b"")
    again = client.get(where, headers={"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    partly = client.get(where, headers={"Range": "bytes=0-1", "If-Range": head.headers["ETag"]})
    assert partly.status_code == 206
    outside = client.get(where, headers={"Range": "bytes=99999-"})
    assert (outside.status_code, outside.headers["Content-Range"]) == (416, f"bytes */{head.headers['Content-Length']}")


HIDDEN = [
    "2026-03-02/secret.txt",
    "2026-03-02/../2025-10-14/release.json",
    "2026-03-02/%2e%2e/2025-10-14/release.json",
    "2026-03-02/..%2f2025-10-14%2frelease.json",
    "2026-03-02/datasets/../release.json",
    "../release.json",
    "..%2f2026-03-02/release.json",
    ".2026-03-02.9.building/release.json",
    ".2026-03-02.9.building/",
    "nothing/",
    "2026-03-02//etc/passwd",
    "2026-03-02/%00",
]


@pytest.mark.parametrize("path", HIDDEN)
def test_nothing_but_what_a_release_names_is_given(path: str, server: Server) -> None:
    assert server.ask("GET", f"/dumps/{path}")[0].status in (400, 404)


def test_a_link_out_of_the_release_is_not_followed(tmp_path: Path) -> None:
    releases = make_releases(tmp_path / "releases", VERSIONS)
    (tmp_path / "outside").write_text("secret")
    (releases / VERSIONS[0] / "CHANGES.md").unlink()
    (releases / VERSIONS[0] / "CHANGES.md").symlink_to(tmp_path / "outside")
    client = create_app(Settings(store="memory:", workers=0, dumps=str(releases))).test_client()
    assert client.get(f"/dumps/{VERSIONS[0]}/CHANGES.md").status_code == 404
    assert client.get(f"/dumps/{VERSIONS[1]}/CHANGES.md").status_code == 200


def test_latest_leads_to_the_newest(client: FlaskClient) -> None:
    answer = client.get(f"/dumps/latest/{FILE}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/dumps/{VERSIONS[1]}/{FILE}")
    assert client.get("/dumps/latest/").headers["Location"] == f"/dumps/{VERSIONS[1]}/"


def test_the_index_for_machines(client: FlaskClient) -> None:
    told = json.loads(client.get("/dumps/", headers={"Accept": "application/json"}).data)
    assert (told["latest"], [one["version"] for one in told["releases"]]) == (VERSIONS[1], VERSIONS[::-1])
    assert client.get("/dumps/index.json").data == client.get("/dumps/?format=json").data
    answer = client.get("/dumps/", headers={"Accept": "text/turtle"})
    graph = ox.Store()
    graph.load(answer.data, format=ox.RdfFormat.TURTLE)
    urls = {quad.object.value for quad in graph if str(quad.predicate).endswith("downloadURL>")}
    assert urls == {f"http://localhost/dumps/{version}/{FILE}" for version in VERSIONS}
    sums = {quad.object.value for quad in graph if str(quad.predicate).endswith("checksumValue>")}
    assert len(sums) == 2
    again = client.get("/dumps/index.json", headers={"If-None-Match": client.get("/dumps/index.json").headers["ETag"]})
    assert again.status_code == 304


def test_the_feed_joins_all_releases(client: FlaskClient) -> None:
    answer = client.get("/dumps/activities.jsonld")
    told = json.loads(answer.data)
    assert answer.mimetype == "application/activity+json"
    assert (told["type"], told["totalItems"]) == ("OrderedCollection", 3)
    assert told["first"]["id"].endswith("/2026-03-02/changes/2025-10-14/activities/1.jsonld")


@pytest.mark.parametrize(("language", "title"), [("nb", "Utgivelser"), ("nn", "Utgjevingar"), ("en", "Releases")])
def test_pages(language: str, title: str, client: FlaskClient) -> None:
    page = client.get(f"/dumps/?lang={language}", headers={"Accept": "text/html"})
    assert f">{title}</h1>" in page.text
    assert f'href="2026-03-02/?lang={language}"' in page.text
    one = client.get(f"/dumps/2026-03-02/?lang={language}", headers={"Accept": "text/html"})
    assert f'href="{FILE}"' in one.text
    assert "sha256sum -c SHA256SUMS" in one.text
    assert "secret" not in one.text


def test_without_the_folder_there_is_nothing(tmp_path: Path) -> None:
    assert create_app(Settings(store="memory:", workers=0)).test_client().get("/dumps/").status_code == 404
    empty = create_app(Settings(store="memory:", workers=0, dumps=str(tmp_path))).test_client()
    assert "ingen utgivelser" in empty.get("/dumps/", headers={"Accept": "text/html"}).text
    assert empty.get("/dumps/latest/x").status_code == 404


def test_an_index_that_cannot_be_read_is_the_servers_fault(tmp_path: Path) -> None:
    (tmp_path / "2026-01-01").mkdir()
    (tmp_path / "2026-01-01" / "release.json").write_text("[]")
    client = create_app(Settings(store="memory:", workers=0, dumps=str(tmp_path))).test_client()
    assert client.get("/dumps/2026-01-01/x").status_code == 500


def _site(releases: Path, out: Path) -> str:
    arguments = ["site", str(releases), str(out), "--address", "https://example.org/open/"]
    return CliRunner().invoke(nbkg, arguments, catch_exceptions=False).output


def test_a_plain_site_has_the_same(releases: Path, client: FlaskClient, tmp_path: Path) -> None:
    assert "2 releases, 2 of them new" in _site(releases, tmp_path / "out")
    assert 'lang="nn" hreflang="nn">Nynorsk</a>' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    out = tmp_path / "out"
    for version in VERSIONS:
        release = json.loads((releases / version / "release.json").read_text())
        for path in (FILE, "CHANGES.md", "release.json", "SHA256SUMS"):
            assert (out / version / path).read_bytes() == client.get(f"/dumps/{version}/{path}").data
        assert release["version"] == version
    assert not (out / VERSIONS[1] / "secret.txt").exists()
    assert str((out / "latest").readlink()) == VERSIONS[1]
    told = json.loads((out / "index.json").read_text())
    assert told["releases"][0]["address"] == "https://example.org/open/2026-03-02/"
    for name, title in (("index.html", "Utgivelser"), ("index.nn.html", "Utgjevingar"), ("index.en.html", "Releases")):
        text = (out / name).read_text()
        assert f">{title}</h1>" in text
        assert f'href="2026-03-02/{name}"' in text
        assert 'href="/' not in text
        assert "<script" not in text


def test_a_plain_site_has_a_page_for_each_data_set_and_all_its_links_lead_somewhere(
    releases: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    _site(releases, out)
    for name, title in (("index.html", "Alt"), ("index.en.html", "Everything")):
        text = (out / "dataset" / "everything" / name).read_text(encoding="utf-8")
        assert f">{title}</h1>" in text
        assert "<code>https://w3id.org/nbkg/dataset/catalogue</code>" in text
        assert f'href="../../{VERSIONS[1]}/{FILE}"' in text
        assert f'href="../dataset/everything/{name}"' in (out / VERSIONS[1] / name).read_text(encoding="utf-8")
        assert "dataset/everything/index" not in (out / VERSIONS[0] / name).read_text(encoding="utf-8")
    pages = [*out.rglob("*.html")]
    assert len(pages) == 3 * (1 + len(VERSIONS) + 1)
    for page in pages:
        for link in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select("a[href], link[href]"):
            target = str(link["href"]).partition("#")[0]
            assert ":" in target or (page.parent / target).exists(), (page, target)


def test_a_plain_site_is_brought_up_to_date(tmp_path: Path) -> None:
    make_releases(tmp_path / "old", VERSIONS[:1])
    assert "1 release, 1 of them new" in _site(tmp_path / "old", tmp_path / "out")
    before = (tmp_path / "out" / VERSIONS[0] / "release.json").stat().st_ino
    make_releases(tmp_path / "new", VERSIONS)
    assert "2 releases, 1 of them new" in _site(tmp_path / "new", tmp_path / "out")
    assert (tmp_path / "out" / VERSIONS[0] / "release.json").stat().st_ino == before
    pages = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.html")}
    assert "0 of them new" in _site(tmp_path / "new", tmp_path / "out")
    assert {path: path.stat().st_mtime_ns for path in pages} == pages


def test_a_site_on_another_disk_has_copies(releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr("sparql_endpoint.dumps.site.os.link", refuse)
    _site(releases, tmp_path / "out")
    copy, original = tmp_path / "out" / VERSIONS[1] / FILE, releases / VERSIONS[1] / FILE
    assert copy.read_bytes() == original.read_bytes()
    assert copy.stat().st_ino != original.stat().st_ino


def test_without_the_link_the_newest_release_is_the_latest(tmp_path: Path) -> None:
    (make_releases(tmp_path, VERSIONS) / "latest").unlink()
    assert ReleaseFolder(tmp_path).latest() == VERSIONS[1]


def test_a_folder_without_releases_makes_no_site(tmp_path: Path) -> None:
    result = CliRunner().invoke(nbkg, ["site", str(tmp_path), str(tmp_path / "out")])
    assert (result.exit_code, "holds no release" in result.output) == (2, True)


def test_the_page_of_a_release_begins_with_what_most_people_want(client: FlaskClient) -> None:
    """The first release has no changes, and these releases have no tables."""
    first, second = (client.get(f"/dumps/{version}/?lang=en").text for version in VERSIONS)
    assert "What most people need" not in first
    assert second.index("What most people need") < second.index("CHANGES.md") < second.index("Data sets")
