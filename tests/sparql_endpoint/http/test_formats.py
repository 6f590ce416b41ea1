from __future__ import annotations

import pytest

from sparql_endpoint.errors import NotAcceptableError, NotFoundError
from sparql_endpoint.http.formats import (
    DOCUMENTS,
    GRAPHS,
    RESULTS,
    Format,
    by_suffix,
    format_of_suffix,
    media_ranges,
    negotiate,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("offered", "accept", "name"),
    [
        (RESULTS, None, "json"),
        (RESULTS, "", "json"),
        (RESULTS, "*/*", "json"),
        (RESULTS, "application/sparql-results+xml", "xml"),
        (RESULTS, "text/csv", "csv"),
        (RESULTS, "text/*", "csv"),
        (RESULTS, "text/tab-separated-values, text/csv;q=0.5", "tsv"),
        (RESULTS, "application/json", "json"),
        (RESULTS, BROWSER, "html"),
        (RESULTS, "text/turtle, text/csv;q=0.1", "csv"),
        (GRAPHS, None, "turtle"),
        (GRAPHS, "text/turtle; charset=utf-8", "turtle"),
        (GRAPHS, "TEXT/TURTLE;CHARSET=UTF-8;Q=0.9", "turtle"),
        (GRAPHS, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x"', "jsonld"),
        (GRAPHS, "application/n-triples, */*", "ntriples"),
        (GRAPHS, "text/turtle;q=0.2, application/rdf+xml;q=0.7, */*;q=0.1", "rdfxml"),
        (GRAPHS, "text/turtle;q=0, */*", "jsonld"),
        (GRAPHS, "application/*;q=0.5, application/trig", "trig"),
        (GRAPHS, "application/n-quads", "nquads"),
        (GRAPHS, "text/n3", "n3"),
        (GRAPHS, BROWSER, "turtle"),
        (GRAPHS, "nonsense, text/turtle;q=7, application/trig", "trig"),
        (DOCUMENTS, BROWSER, "html"),
        (DOCUMENTS, "*/*", "turtle"),
        (DOCUMENTS, "text/html;q=0.9, text/turtle", "turtle"),
    ],
)
def test_accept(offered: tuple[Format, ...], accept: str | None, name: str) -> None:
    assert negotiate(offered, accept).name == name


@pytest.mark.parametrize(
    ("offered", "accept"),
    [
        (GRAPHS, "application/sparql-results+json"),
        (GRAPHS, "text/csv"),
        (GRAPHS, "text/html"),
        (RESULTS, "text/turtle"),
        (RESULTS, "application/sparql-results+json;q=0"),
        (GRAPHS, "*/*;q=0"),
    ],
)
def test_none_fits(offered: tuple[Format, ...], accept: str) -> None:
    with pytest.raises(NotAcceptableError) as error:
        negotiate(offered, accept)
    assert error.value.offered == tuple(form.media_type for form in offered)


@pytest.mark.parametrize("form", GRAPHS)
def test_wanted_wins_over_accept(form: Format) -> None:
    for name in form.names - {"json", "application/json", "xml"}:
        assert negotiate(GRAPHS, "text/nothing", name) is form
    assert negotiate(GRAPHS, "text/nothing", f"{form.media_type}; charset=utf-8") is form


@pytest.mark.parametrize("form", RESULTS)
def test_every_result_format_by_name(form: Format) -> None:
    for name in form.names:
        assert negotiate(RESULTS, None, name) is form


def test_unknown_name_lists_what_is_offered() -> None:
    with pytest.raises(NotAcceptableError, match=r"turtle \(text/turtle\)"):
        negotiate(GRAPHS, None, "docx")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("measure/14.ttl", ("measure/14", "turtle")),
        ("measure/14.NT", ("measure/14", "ntriples")),
        ("a.b.jsonld", ("a.b", "jsonld")),
        ("a.rdf", ("a", "rdfxml")),
        ("a.html", ("a", "html")),
        ("a.docx", None),
        ("a.ttl/b", None),
        (".ttl", None),
    ],
)
def test_suffix(path: str, expected: tuple[str, str] | None) -> None:
    answer = by_suffix(DOCUMENTS, path)
    assert (answer and (answer[0], answer[1].name)) == expected


def test_text_types_say_their_charset() -> None:
    assert {form.content_type for form in GRAPHS if form.media_type.startswith("text/")} == {
        "text/turtle; charset=utf-8",
        "text/n3; charset=utf-8",
    }


def test_commas_and_semicolons_in_quotes_separate_nothing() -> None:
    ranges = list(media_ranges('text/turtle;a="x,y;q=0.1";q=0.5, */*'))
    assert [(r.type, r.quality) for r in ranges] == [("text", 0.5), ("*", 1.0)]


def test_a_format_is_found_by_its_suffix() -> None:
    assert format_of_suffix(DOCUMENTS, "ttl").name == "turtle"


def test_an_unknown_suffix_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(NotFoundError, match=r"There is no format with the suffix “doc” here; there are .*ttl.*jsonld"):
        format_of_suffix(DOCUMENTS, "doc")


def test_formats_have_the_names_that_people_write() -> None:
    assert [form.title for form in GRAPHS] == ["Turtle", "JSON-LD", "N-Triples", "RDF/XML", "TriG", "N-Quads", "N3"]
    assert [form.title for form in RESULTS] == ["JSON", "XML", "CSV", "TSV", "HTML"]
