"""The hint beside a query that does not parse names the true fault, in each of the pages' languages."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from sparql_endpoint.http.languages import OFFERED
from sparql_endpoint.sparql.hints import Hint, find_hint
from sparql_endpoint.stores.oxigraph import syntax_error
from sparql_endpoint.words import words

PROLOGUE = "PREFIX : <http://a.example/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
KNOWN = {"foaf": "http://xmlns.com/foaf/0.1/"}
LINES = Path(__file__).with_name("hints.txt").read_text(encoding="utf-8").splitlines()[1:]
CASES = [
    (key, re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), query).replace("\\n", "\n"))
    for key, _, query in (line.partition("|") for line in LINES)
]


def _hint(query: str) -> Hint | None:
    store = ox.Store()
    text = query if "PREFIX" in query or query.startswith("@") else PROLOGUE + query
    try:
        (store.update if query.startswith("INSERT") else store.query)(text)
    except SyntaxError as error:
        return find_hint(text, str(syntax_error(error)), KNOWN)
    raise AssertionError("this query parses")


@pytest.mark.parametrize(("key", "query"), CASES)
def test_the_hint_names_the_fault(key: str, query: str) -> None:
    hint = _hint(query)
    assert hint is not None
    assert (hint.key, hint.values) == (key, hint.values)
    for language in OFFERED:
        text = hint.text(language)
        assert "{" not in text.replace("{ ", "").replace("“{”", "").replace("«{»", "").replace("{id}", "")


def test_every_hint_is_given_to_a_query() -> None:
    assert {key for key in words() if key.startswith("hint_")} == {key for key, _ in CASES}


def test_a_known_prefix_is_given_with_its_namespace() -> None:
    hint = _hint("SELECT ?x {?s foaf:name ?x}")
    assert hint is not None
    assert hint.text("en").endswith("PREFIX foaf: <http://xmlns.com/foaf/0.1/>")


@pytest.mark.parametrize("declaration", ["PREFIX eX <http://a.example/>", "prefix eX : <http://a.example/>"])
def test_a_prefix_keeps_its_case(declaration: str) -> None:
    hint = _hint(f"{declaration} SELECT ?x {{?s eX:p ?x}} # PREFIX")
    assert hint is not None
    assert "PREFIX eX: <…>" in hint.text("en")


@pytest.mark.parametrize(("iri", "character"), [("http://a.example/{id}", "{"), ("http://a.example/a|b^c", "|")])
def test_the_first_character_that_an_iri_cannot_have_is_named(iri: str, character: str) -> None:
    hint = _hint(f"SELECT ?x {{?s <{iri}> ?x}}")
    assert hint is not None
    assert hint.values["character"] == character


def test_an_invisible_character_is_told_with_its_place() -> None:
    hint = _hint("SELECT ?x {\n ?s :p\u200b ?x}")
    assert hint is not None
    assert hint.values == {"code": "U+200B", "line": "3", "column": "7"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x {?s :p 'NOT AND OR NULL == <> &lt; “x” LIKE'. ?s :p ?x",
        "SELECT ?x {?s :p ?x # AND NULL == “x” LIKE (\n",
        "SELECT (COUNT(DISTINCT ?x) AS ?c) ?s {?s :p ?x, ?y ; :q ?z FILTER(?x IN (1, 2)) FILTER NOT EXISTS {?s :p 1} ",
    ],
)
def test_strings_and_comments_and_good_syntax_mislead_nobody(query: str) -> None:
    hint = _hint(query)
    assert hint is not None
    assert hint.key == "hint_bracket"
