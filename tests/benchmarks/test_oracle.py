"""Our BIBFRAME beside that of the Library of Congress: shares that are held, and a reason for each difference."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.oracle import VERDICTS, Comparison, compare, read_reasons
from benchmarks.oracle_graph import RecordGraph, normalised
from benchmarks.oracle_pairs import Pair, pair_files
from benchmarks.oracle_values import KINDS, values_of
from tests.loader.marc.mapped import record

SHARED = Path(os.environ.get("NBKG_SHARED", "/nowhere")) / "data"
EVERY = 7
LEAST = {
    "title": 0.92,
    "content": 0.98,
    "contributor": 0.95,
    "main entry": 0.92,
    "subject": 0.96,
    "class of the work": 0.98,
    "classification": 0.92,
    "publisher": 0.95,
    "date of publication": 0.92,
    "statement of publication": 0.94,
    "language": 0.9,
    "extent": 0.99,
    "dimensions": 0.99,
    "edition": 0.98,
    "responsibility": 0.99,
    "illustration": 0.99,
    "coverage": 0.99,
    "supplementary content": 0.9,
    "qualifier of an identifier": 0.99,
    "rules of the record": 0.99,
    "agencies of the record": 0.99,
    "language of the record": 0.99,
}
"""Of what the Library of Congress has of a kind, the share that we have too."""


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    if not pair_files(SHARED):
        pytest.skip("the pairs are not at NBKG_SHARED")
    return compare(SHARED, EVERY)


def test_what_the_library_of_congress_has_we_have_too(comparison: Comparison) -> None:
    assert comparison.records >= 80
    assert {kind: share for kind in LEAST if (share := comparison.share(kind)) < LEAST[kind]} == {}


def test_each_difference_has_a_reason(comparison: Comparison) -> None:
    assert comparison.unexplained == []


def test_each_reason_is_of_known_kinds_and_has_a_verdict() -> None:
    kinds = {kind for reason in read_reasons() for kind in reason.kinds}
    assert kinds <= set(KINDS)
    assert {reason.verdict for reason in read_reasons()} <= set(VERDICTS)


def _graph(turtle: str) -> RecordGraph:
    prefixes = "@prefix bf: <http://id.loc.gov/ontologies/bibframe/> . @base <http://x.example/> . "
    graph = RecordGraph(ox.parse(f"{prefixes}{turtle}".encode(), format=ox.RdfFormat.TURTLE))
    graph.works.append(ox.NamedNode("http://x.example/w"))
    return graph


def test_values_are_compared_without_their_punctuation_and_each_difference_is_counted() -> None:
    peer = _graph(
        '<w> bf:title [ a bf:Title ; bf:mainTitle "Fjord :" ; bf:subtitle "Dikt /" ] ; bf:summary "Om havet" .'
    )
    own = _graph('<w> bf:title [ a bf:Title ; bf:mainTitle "fjord" ; bf:subtitle "dikt" ] ; bf:summary "Om fjellet" .')
    assert values_of("title", peer) == values_of("title", own) == {"fjord dikt"}
    compared = Comparison()
    compared.add(Pair("x#1", record(), peer, own))
    assert (compared.both["title"], compared.peer["title"], compared.own["title"]) == (1, 0, 0)
    assert (compared.both["summary"], compared.peer["summary"], compared.own["summary"]) == (0, 1, 1)
    assert compared.share("summary") == 0


def test_what_no_reason_explains_is_listed() -> None:
    compared = Comparison()
    peer = _graph("<w> bf:identifiedBy [ a bf:Doi ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> '10.1/x' ] .")
    compared.add(Pair("x#1", record(), peer, _graph("")))
    assert compared.unexplained == [("identifier", "peer", "Doi | 10 1 x", "x#1")]


@pytest.mark.parametrize(("text", "normal"), [("Milne, A.A. ;", "milne a a"), ("Bergen :  [1890?]", "bergen [1890?]")])
def test_the_normal_form_keeps_brackets_and_question_marks(text: str, normal: str) -> None:
    assert normalised(text) == normal
