"""The score by hand-made records, and that of our own record by the publisher's vocabulary."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef

from loader.catalogue import Addresses, build_record
from loader.catalogue.mqa import Score, ScoreVocabulary, read_vocabulary, scores
from loader.catalogue.mqa.metrics import NEVER, alone
from loader.catalogue.mqa.score_vocabulary import Metric
from loader.cli import nbkg

HEAD = """@base <http://x.example/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
TWO = f"""{HEAD}
<d> a dcat:Dataset ; dcterms:title "Data"@nb ; dcterms:subject <s> ; dcterms:issued "2026-01-01" ;
  dcat:distribution <one> , <two> , [ dcat:byteSize 5 ] .
<one> dcterms:format <http://formats.example/nq> ; dcterms:license <https://open.example/l> .
<two> dcat:byteSize 5 ; dcterms:license <https://closed.example/l> ; dcat:downloadURL <http://a.example/f> .
"""
METRICS = {
    "byteSizeAvailability": 5,
    "dateIssuedAvailability": 7,
    "dcatApCompliance": 30,
    "downloadUrlStatusCode": 11,
    "formatMediaTypeVocabularyAlignment": 10,
    "keywordAvailability": 30,
    "knownLicense": 10,
    "syntaxValid": 15,
}


@pytest.fixture
def known() -> ScoreVocabulary:
    """A small vocabulary; its shapes find a data set without a publisher."""
    shapes = Graph().parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
        <urn:shape> a sh:NodeShape ; sh:targetClass dcat:Dataset ;
          sh:property [ sh:path <http://purl.org/dc/terms/publisher> ; sh:minCount 1 ; sh:severity sh:Warning ;
            sh:message "no publisher" ] .""",
        format="turtle",
    )
    metrics = tuple(Metric(name, "some", points, "") for name, points in METRICS.items())
    return ScoreVocabulary(metrics, frozenset({"formats.example/nq"}), frozenset({"open.example/l"}), shapes)


def _points(score: Score) -> dict[str, int]:
    return {indicator.metric.name: indicator.points for indicator in score.indicators}


def _why(score: Score) -> dict[str, str]:
    return {indicator.metric.name: indicator.why for indicator in score.indicators}


def test_the_best_distribution_counts(known: ScoreVocabulary) -> None:
    """`one` has 10 + 10 beside the data set's 30 + 7, `two` 5; the nameless one is not looked at."""
    (score,) = scores(Graph().parse(data=TWO, format="turtle"), known)
    assert score.distribution == "http://x.example/one"
    assert _points(score) == {
        "byteSizeAvailability": 0,
        "dateIssuedAvailability": 7,
        "dcatApCompliance": 0,
        "downloadUrlStatusCode": 0,
        "formatMediaTypeVocabularyAlignment": 10,
        "keywordAvailability": 30,
        "knownLicense": 10,
        "syntaxValid": 0,
    }
    assert (score.points, score.most, score.reachable) == (57, 118, 103)


def test_every_missing_point_has_its_reason(known: ScoreVocabulary) -> None:
    (score,) = scores(Graph().parse(data=TWO, format="turtle"), known)
    assert all(bool(indicator.why) == (indicator.points == 0) for indicator in score.indicators)
    assert _why(score)["dcatApCompliance"] == "the shapes of version 2.0 find 1 faults: 1 × no publisher"
    assert _why(score)["byteSizeAvailability"] == "the distribution has no dcat:byteSize"
    assert _why(score)["syntaxValid"] == NEVER["syntaxValid"]


@pytest.mark.parametrize(("code", "points"), [(200, 11), (204, 11), (301, 0), (404, 0), (0, 0)])
def test_addresses_count_where_they_answer(code: int, points: int, known: ScoreVocabulary) -> None:
    graph = Graph().parse(data=TWO, format="turtle")
    graph.remove((None, None, URIRef("http://x.example/one")))
    (score,) = scores(graph, known, lambda _: code)
    assert score.distribution == "http://x.example/two"
    assert score.points == 7 + 30 + 5 + points
    (unasked,) = scores(graph, known)
    assert "not requested" in _why(unasked)["downloadUrlStatusCode"]


def test_without_a_distribution_the_data_set_counts_alone(known: ScoreVocabulary) -> None:
    (score,) = scores(Graph().parse(data=f"{HEAD}<d> a dcat:Dataset .", format="turtle"), known)
    assert (score.points, score.distribution) == (0, None)
    assert "no distribution" in _why(score)["knownLicense"]


def test_a_data_set_is_judged_alone() -> None:
    graph = Graph().parse(
        data=f"""{HEAD}<a> a dcat:Dataset ; dcterms:relation <b> ; dcterms:publisher <p> . <p> <q> "P" .
        <b> a dcat:Dataset ; dcterms:title "other" . <c> a dcat:Catalog ; dcat:dataset <a> .""",
        format="turtle",
    )
    subjects = set(alone(graph, URIRef("http://x.example/a")).subjects())
    assert subjects == {URIRef("http://x.example/a"), URIRef("http://x.example/p")}


def test_the_publishers_vocabulary(profiles: Path) -> None:
    known = read_vocabulary(profiles)
    by_dimension: dict[str, int] = {}
    for metric in known.metrics:
        by_dimension[metric.dimension] = by_dimension.get(metric.dimension, 0) + metric.points
    assert by_dimension == {
        "accessibility": 100,
        "contextuality": 20,
        "findability": 100,
        "interoperability": 140,
        "reusability": 75,
    }
    assert known.points == 435
    assert {metric.name for metric in known.metrics} >= set(NEVER)


UNREACHABLE = 5 + 15 + 20 + 20 + 15
"""What no record gets: see NEVER."""
BYTE_SIZE = 5
"""What the versions of DCAT-AP-NO contradict each other on."""
ADDRESSES = 50 + 30
NO_LICENCE = 20 + 10 + 30
"""licenseAvailability, knownLicense, and dcatApCompliance, whose shapes warn of it."""
NO_PERIOD = 20
NO_PERIOD_NO_PLACE = 20 + 20


def test_the_score_of_our_record(built: Path, profiles: Path) -> None:
    """Each data set has all points but those that are explained in docs/catalogue.md."""
    record = Graph().parse(data=build_record(built / "nbkg.nq", Addresses()) or b"", format="turtle")
    told = {
        score.dataset.rpartition("/dataset/")[2]: score
        for score in scores(record, read_vocabulary(profiles), lambda _: 200)
    }
    full = 435 - UNREACHABLE - BYTE_SIZE
    assert {name: score.points for name, score in told.items()} == {
        "curated": full,
        "links": full - NO_PERIOD,
        "nbkg": full - NO_LICENCE,
        "report/2025-10-14": full - NO_LICENCE,
        "strategy": full - NO_LICENCE,
        "vocabulary": full - NO_PERIOD_NO_PLACE,
    }
    (unasked, *_) = scores(record, read_vocabulary(profiles))
    assert unasked.points == full - ADDRESSES


@pytest.fixture
def site() -> Iterator[str]:
    """Answers HEAD of /found only."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:  # the name that http.server calls
            self.send_response(200 if self.path == "/found" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's own name
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_command_asks_at_another_address(site: str, profiles: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalog.ttl"
    file.write_text(
        f"""{HEAD}<d> a dcat:Dataset ; dcat:distribution <e> .
        <e> dcat:accessURL <https://public.example/found> ; dcat:downloadURL <https://public.example/lost> ."""
    )
    call = ["mqa", str(file), "--profiles", str(profiles), "--format", "json"]
    asked = [*call, "--ask", "--at", "https://public.example/", site]
    (told,) = json.loads(CliRunner().invoke(nbkg, asked, catch_exceptions=False).stdout)
    points = {indicator["metric"]["name"]: indicator["points"] for indicator in told["indicators"]}
    assert (points["accessUrlStatusCode"], points["downloadUrlStatusCode"]) == (50, 0)
    (unasked,) = json.loads(CliRunner().invoke(nbkg, call, catch_exceptions=False).stdout)
    assert told["points"] - unasked["points"] == 50


def test_the_command_tells_a_table(profiles: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalog.ttl"
    file.write_text(f'{HEAD}<d> a dcat:Dataset ; dcterms:title "Dataene"@nb ; dcat:keyword "k"@nb .')
    told = CliRunner().invoke(nbkg, ["mqa", str(file), "--profiles", str(profiles)], catch_exceptions=False).stdout
    assert "Dataene" in told
    assert "keywordAvailability" in told
    assert "30/30" in told


def test_the_command_scores_with_the_projects_own_profiles(tmp_path: Path) -> None:
    file = tmp_path / "catalog.ttl"
    file.write_text(f'{HEAD}<d> a dcat:Dataset ; dcat:keyword "k"@nb .')
    assert "30/30" in CliRunner().invoke(nbkg, ["mqa", str(file)], catch_exceptions=False).stdout
