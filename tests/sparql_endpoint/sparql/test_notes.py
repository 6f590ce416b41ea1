"""What SPARQL passes over in silence is noted beside the result, and nothing is noted where nothing is wrong."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from sparql_endpoint.http.languages import OFFERED
from sparql_endpoint.sparql.notes import Outcome, find_notes
from sparql_endpoint.sparql.standard_rewrite import rewrite_to_standard
from sparql_endpoint.words import words

PROLOGUE = "PREFIX : <http://a.example/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
DATA = """
@prefix : <http://a.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :number 9223372036854775807, 1 ; :text "en tekst"@nb-NO ; :word "abc", "def" ; :link :b, :c ; :mixed 1, "b", :b ;
   :date "2024-01-02"^^xsd:date ; :open true ; :small 1, 2 ; :dateText "2024-01-02" ; :english "a text"@en .
"""
SILENT = [
    ("note_group_concat", "SELECT (GROUP_CONCAT(?x) AS ?c) {?s :link ?x}"),
    ("note_group_concat", "SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=', ') AS ?c) {?s :link ?x}"),
    ("note_group_concat", "SELECT ?s (GROUP_CONCAT(?x) AS ?c) {?s :word ?y OPTIONAL {?s :none ?x}} GROUP BY ?s"),
    ("note_group_concat", "SELECT (GROUP_CONCAT(?x) AS ?c) {?s :small ?x}"),
    ("note_group_concat", "SELECT (GROUP_CONCAT(?x) AS ?c) {?s :date ?x}"),
    ("note_sum", "SELECT (SUM(?x) AS ?c) {?s :number ?x}"),
    ("note_sum", "SELECT (SUM(?x) AS ?c) {?s :word ?x}"),
    ("note_sum", "SELECT (AVG(?x) AS ?c) {?s :word ?x}"),
    ("note_sum", "SELECT (AVG(?x) AS ?c) {?s :number ?x}"),
    ("note_sum", "SELECT (SUM(?x) AS ?c) {?s :word ?y OPTIONAL {?s :none ?x}}"),
    ("note_sum_of_none", "SELECT (AVG(?x) AS ?c) {?s :none ?x}"),
    ("note_sum_of_none", "SELECT (SUM(DISTINCT ?x) AS ?c) {?s :none ?x}"),
    ("note_sum_of_none", "SELECT (AVG(?x) AS ?c) (MIN(?x) AS ?least) {?s :none ?x}"),
    ("note_extreme_of_none", "SELECT (MIN(?x) AS ?c) {?s :none ?x}"),
    ("note_extreme_of_none", "SELECT (MAX(DISTINCT ?x) AS ?c) {?s :none ?x}"),
    ("note_extreme_of_none", "SELECT (SAMPLE(?x) AS ?c) {?s :none ?x}"),
    ("note_division", "SELECT (?x / 0 AS ?c) {?s :small ?x}"),
    ("note_language_case", 'SELECT ?x {?s :text ?x FILTER(LANG(?x) = "nb-NO")}'),
    ("note_language_case", 'SELECT ?x {?s :text ?x FILTER("nb-NO" = LANG(?x))}'),
    ("note_language_case", 'SELECT ?x {?s :text ?x FILTER(LANG(?x) IN ("en", "NB-no"))}'),
    ("note_language_case", 'SELECT ?x {?s :english ?x FILTER(LANG(?x) = "EN")}'),
    ("note_language_range", 'SELECT ?x {?s :text ?x FILTER(LANG(?x) = "nb")}'),
    ("note_norwegian", 'SELECT ?x {?s :text ?x FILTER(LANG(?x) = "no")}'),
    ("note_norwegian", 'SELECT ?x {?s :text ?x FILTER(LANGMATCHES(LANG(?x), "no"))}'),
    ("note_norwegian", 'SELECT ?s {?s :text "en tekst"@no}'),
    ("note_norwegian", 'SELECT ?x {?s :text ?x FILTER("no" = LANG(?x))}'),
    ("note_date_number", "SELECT (xsd:date(STR(?x)) + 1 AS ?c) (NOW() - 7 AS ?d) {?s :date ?x}"),
    ("note_date_number", 'SELECT ("2024-01-02"^^xsd:date + 1 AS ?c) {}'),
    ("note_cast", "SELECT (xsd:date(?x) AS ?c) {?s :word ?x}"),
    ("note_cast", 'SELECT (xsd:date("1.2.2024") AS ?c) {}'),
    ("note_cast", "SELECT (xsd:integer(?x) AS ?c) {?s :dateText ?x}"),
    ("note_large_number", "SELECT (9223372036854775807 + 1 AS ?c) {}"),
    ("note_large_number", "SELECT (2 * 9223372036854775807 AS ?c) {}"),
    ("note_lang_matches", 'SELECT ?x {?s :text ?x FILTER(LANGMATCHES(?x, "nb"))}'),
    ("note_bare_date", "SELECT ?x {?s :date ?x FILTER(?x > 2024-01-01)}"),
    ("note_date_string", 'SELECT ?x {?s :date ?x FILTER(?x > "2024-01-01")}'),
    ("note_date_string", 'SELECT ?x {?s :date ?x FILTER("2024-01-01" <= ?x)}'),
    ("note_date_string", 'SELECT ?x {?s :date ?x FILTER(?x = "2024-01-02")}'),
    ("note_date_string", 'SELECT ?x {?s :date ?x FILTER(?x >= "2024")}'),
    ("note_iri_string", 'SELECT ?x {?s :link ?x FILTER(?x = "http://a.example/b")}'),
    ("note_iri_string", 'SELECT ?s {?s :link "http://a.example/b"}'),
    ("note_number_string", 'SELECT ?s {?s :small "1"}'),
    ("note_number_string", 'SELECT ?x {?s :small ?x FILTER(?x = "1")}'),
    ("note_boolean_string", 'SELECT ?s {?s :open "true"}'),
    ("note_plain_string", 'SELECT ?x {?s :text ?x FILTER(?x = "en tekst")}'),
    ("note_plain_string", 'SELECT ?x {?s :text ?x FILTER("en tekst" = ?x)}'),
    ("note_plain_string", 'SELECT ?x {?s :text ?x FILTER(?x IN ("en tekst", "to"))}'),
    ("note_plain_string", 'SELECT ?s {?s :text "en tekst"}'),
    ("note_plain_string", 'ASK {?s :text "en tekst" ; :word ?w}'),
    ("note_text_of_iri", 'SELECT ?x {?s :link ?x FILTER(CONTAINS(?x, "b"))}'),
    ("note_text_of_iri", 'SELECT ?x {?s :link ?x FILTER(STRSTARTS(?x, "http"))}'),
    ("note_text_of_iri", 'SELECT ?x {?s :small ?x FILTER(REGEX(?x, "1"))}'),
    ("note_regex_case", 'SELECT ?x {?s :word ?x FILTER(REGEX(STR(?x), "ABC"))}'),
    ("note_variable", "SELECT ?s ?lable {?s :word ?label}"),
]


def _outcome(query: str) -> Outcome:
    store = ox.Store()
    store.load(DATA.encode(), ox.RdfFormat.TURTLE)
    results = store.query(rewrite_to_standard(PROLOGUE + query))
    if isinstance(results, ox.QueryBoolean):
        return Outcome.FULL if results else Outcome.EMPTY
    assert isinstance(results, ox.QuerySolutions)
    rows = [list(row) for row in results]
    if not rows:
        return Outcome.EMPTY
    cells = [cell for row in rows for cell in row]
    if None in cells:
        return Outcome.GAPS
    return Outcome.ZERO if any(isinstance(cell, ox.Literal) and cell.value == "0" for cell in cells) else Outcome.FULL


@pytest.mark.parametrize(("key", "query"), SILENT)
def test_silence_is_explained(key: str, query: str) -> None:
    outcome = _outcome(query)
    assert outcome is not Outcome.FULL, "the engine does not pass over this in silence"
    notes = find_notes(PROLOGUE + query, outcome)
    assert key in [note.key for note in notes]
    for language in OFFERED:
        assert all(note.text(language) for note in notes)


ALWAYS = [
    ("note_mixed_kinds", "SELECT (MAX(?o) AS ?c) {?s ?p ?o}"),
    ("note_mixed_kinds", "SELECT ?p (MIN(?o) AS ?c) {:a ?p ?o} GROUP BY ?p"),
    ("note_mixed_kinds", "SELECT (MIN(DISTINCT ?o) AS ?c) {?s :small ?n ; ?p ?o}"),
    ("note_mixed_kinds", 'SELECT (MAX(?v) AS ?c) {VALUES ?v { 1 "a" }}'),
    ("note_mixed_kinds", "SELECT (MAX(?v) AS ?c) {VALUES ?v { :a 2.5 }}"),
    ("note_whole_numbers", "SELECT (7 / 2 AS ?c) {}"),
    ("note_whole_numbers", "SELECT (7/2 AS ?c) {}"),
    ("note_whole_numbers", "SELECT ?s {?s :small ?x FILTER(?x < 7 / 2)}"),
]


@pytest.mark.parametrize(("key", "query"), ALWAYS)
def test_what_nobody_sees_in_a_result_is_noted_by_the_query(key: str, query: str) -> None:
    assert _outcome(query) is Outcome.FULL
    assert key in [note.key for note in find_notes(PROLOGUE + query, Outcome.FULL)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (MAX(?x) AS ?c) {?s :small ?x}",
        "SELECT (AVG(?x) AS ?c) {?s :small ?x}",
        "SELECT (MAX(?v) AS ?c) {VALUES ?v { 1 2.5 }}",
        "SELECT (FLOOR(7 / 2) AS ?c) {}",
        "SELECT ?x {?s :link/:small|:small ?x}",
        "SELECT (GROUP_CONCAT(STR(?x)) AS ?c) {?s :link ?x}",
        'SELECT (GROUP_CONCAT(COALESCE(STR(?x), "")) AS ?c) {?s :word ?y OPTIONAL {?s :none ?x}}',
        "SELECT (GROUP_CONCAT(?x) AS ?c) {?s :text ?x}",
        "SELECT (SUM(xsd:decimal(?x)) AS ?c) {?s :number ?x}",
        "SELECT (SUM(COALESCE(?x, 0)) AS ?c) {?s :word ?y OPTIONAL {?s :none ?x}}",
        'SELECT ?x {?s :text ?x FILTER(LANG(?x) = "nb-no")}',
        'SELECT ?x {?s :text ?x FILTER(LANGMATCHES(LANG(?x), "NB"))}',
        'SELECT ?x {?s :date ?x FILTER(?x > "2024-01-01"^^xsd:date)}',
        'SELECT ?x {?s :text ?x FILTER(STR(?x) = "en tekst")}',
        'SELECT ?x {?s :link ?x FILTER(CONTAINS(STR(?x), "b"))}',
        'SELECT ?x {?s :word ?x FILTER(REGEX(STR(?x), "ABC", "i"))}',
        'SELECT ?x {?s :dateText ?x FILTER(?x = "2024-01-02")}',
        "SELECT (?x / 2 AS ?half) {?s :small ?x}",
    ],
)
def test_the_advice_is_right_and_needs_no_note(query: str) -> None:
    outcome = _outcome(query)
    assert outcome in (Outcome.FULL, Outcome.ZERO)
    assert find_notes(PROLOGUE + query, outcome) == []


def test_no_more_than_a_few_notes_are_given() -> None:
    query = 'SELECT ?a {?s ?p ?x FILTER(?x = "2024" && ?x = "1" && ?x = "true" && ?x = "a" && LANG(?x) = "nb")}'
    assert len(find_notes(query, Outcome.EMPTY)) == 3


def test_every_note_is_given_to_a_query() -> None:
    assert {key for key in words() if key.startswith("note_")} == {key for key, _ in (*SILENT, *ALWAYS)}
