"""The desk without script: the form, the examples, the pages of answers and of mistakes."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from sparql_endpoint.services.failed_query import excerpt

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
BY_UNIT = 'SELECT ?unit ?n WHERE { VALUES (?unit ?n) { ("TK" 3) ("BB" 5) } }'


def _page(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def _posted(client: FlaskClient, query: str, status: int = 200, fields: dict[str, str] | None = None) -> BeautifulSoup:
    answer = client.post("/sparql?lang=en", data={"query": query, "format": "html", **(fields or {})}, headers=HTML)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def _form(page: BeautifulSoup) -> Tag:
    form = page.select_one("form.ask")
    assert form is not None
    return form


def _asked(page: BeautifulSoup) -> str:
    text = _form(page).select_one("textarea[name=query]")
    assert text is not None
    return text.get_text().removeprefix("\n")


def test_the_form_posts_to_the_endpoint(strategy: FlaskClient) -> None:
    form = _form(_page(strategy, "/query"))
    assert (form["method"], form["action"]) == ("post", "/sparql")
    assert strategy.post(str(form["action"]), data={"query": "ASK {}"}, headers=HTML).status_code == 200


def test_a_permalink_holds_the_query(strategy: FlaskClient) -> None:
    query = "ASK { # 100 % <&> \n ?s ?p 'æ+' }"
    assert _asked(_page(strategy, f"/query?{urlencode({'query': query})}")) == query


def test_the_time_limit_is_told(strategy: FlaskClient) -> None:
    assert "60 seconds" in _page(strategy, "/query?lang=en").get_text()


def test_examples_are_listed_with_what_to_do_with_them(strategy: FlaskClient) -> None:
    page = _page(strategy, "/query?lang=en")
    entries = page.select("ul.examples > li")
    assert len(entries) == 57
    (entry,) = [entry for entry in entries if "How many measures is each unit responsible for" in entry.get_text()]
    run, here, notebook = entry.select("ul.row:not(.tags) a")
    asked = parse_qs(urlsplit(str(run["href"])).query)["query"][0]
    assert asked.startswith("PREFIX nbkg:")
    assert _asked(_page(strategy, str(here["href"]))) == asked
    assert strategy.get(str(notebook["href"])).status_code == 200
    assert len(_page(strategy, str(run["href"])).select("tbody tr")) > 5


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_question_is_in_a_known_language(strategy: FlaskClient, language: str) -> None:
    page = _page(strategy, f"/query?lang={language}")
    assert {str(entry.get("lang", language)) for entry in page.select("ul.examples h3")} <= {language, "nb"}


def test_examples_are_found_by_words_and_tag(strategy: FlaskClient) -> None:
    found = _page(strategy, "/query?find=UNIT+open&lang=en").select("ul.examples > li")
    assert found
    assert all("unit" in entry.get_text().lower() and "open" in entry.get_text().lower() for entry in found)
    tagged = _page(strategy, "/query?tag=milestone&lang=nn").select("ul.examples > li")
    assert tagged
    assert all("milepæl" in [tag.get_text() for tag in entry.select(".tags a")] for entry in tagged)
    none = _page(strategy, "/query?find=nowhere&lang=en")
    assert "No example fits" in none.get_text()


@pytest.mark.parametrize(("language", "name"), [("nb", "enhet"), ("nn", "eining"), ("en", "unit")])
def test_tags_are_named_in_the_language_of_the_page_and_kept_by_key(
    strategy: FlaskClient, language: str, name: str
) -> None:
    page = _page(strategy, f"/query?lang={language}&find={name}")
    (option,) = page.select("#example-tag option[value=unit]")
    assert option.get_text().startswith(f"{name} (")
    assert not option.has_attr("lang")
    assert {str(a["href"]) for a in page.select(".tags a") if a.get_text() == name} == {
        f"/query?lang={language}&tag=unit#examples"
    }


def test_an_unknown_example_is_not_found(strategy: FlaskClient) -> None:
    _page(strategy, "/query?example=none", 404)


def test_a_store_without_examples_has_a_desk(client: FlaskClient) -> None:
    page = _page(client, "/query")
    assert _form(page)
    assert not page.select_one("#examples")


def test_rows_are_a_table_with_a_chart_and_downloads(strategy: FlaskClient) -> None:
    page = _posted(strategy, BY_UNIT)
    assert [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")] == [
        ["TK", "3"],
        ["BB", "5"],
    ]
    assert len(page.select("figure.chart svg rect")) == 3  # two bars and the key
    links = {link.get_text(): str(link["href"]) for link in page.select("section.formats a")}
    assert set(links) == {"JSON", "XML", "CSV", "TSV"}
    assert strategy.get(links["CSV"]).text == "unit,n\r\nTK,3\r\nBB,5\r\n"
    assert _asked(page) == BY_UNIT


def test_a_value_is_shown_as_the_answer_has_it(strategy: FlaskClient) -> None:
    page = _posted(strategy, 'SELECT ("2025-10-14"^^<http://www.w3.org/2001/XMLSchema#date> AS ?day) {}')
    assert page.select("tbody td")[0].get_text(strip=True) == "2025-10-14"


def test_what_cannot_be_drawn_has_no_chart(strategy: FlaskClient) -> None:
    assert not _posted(strategy, "SELECT * WHERE { ?s ?p ?o } LIMIT 3").select("figure.chart")


def test_triples_are_a_table(strategy: FlaskClient) -> None:
    page = _posted(strategy, "DESCRIBE <https://w3id.org/nbkg/id/unit/tk>")
    assert [cell.get_text() for cell in page.select("thead th")] == ["subject", "predicate", "object"]
    links = {link.get_text(): str(link["href"]) for link in page.select("section.formats a")}
    assert "Turtle" in links
    assert strategy.get(links["Turtle"]).mimetype == "text/turtle"


def test_graphs_are_html_only_for_those_who_ask(strategy: FlaskClient) -> None:
    query = urlencode({"query": "CONSTRUCT { <a:a> <a:b> 1 } WHERE {}"})
    assert strategy.get(f"/sparql?{query}").mimetype == "text/turtle"
    assert strategy.get(f"/sparql?{query}", headers={"Accept": "*/*"}).mimetype == "text/turtle"
    assert strategy.get(f"/sparql?{query}", headers=HTML).mimetype == "text/html"


def test_yes_and_no(strategy: FlaskClient) -> None:
    assert "Yes" in str(_posted(strategy, "ASK {}").select_one(".answer"))
    assert "No" in str(_posted(strategy, "ASK { FILTER(false) }").select_one(".answer"))


def test_nothing_is_told_in_words(strategy: FlaskClient) -> None:
    assert "Nothing in the data matches" in _posted(strategy, "SELECT ?s WHERE { ?s <a:b> ?o }").get_text()


def test_named_graphs_stay_named(strategy: FlaskClient) -> None:
    fields = {"default-graph-uri": "https://w3id.org/nbkg/graph/current"}
    page = _posted(strategy, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", fields=fields)
    (kept,) = page.select("form.ask input[name=default-graph-uri]")
    assert kept["value"] == fields["default-graph-uri"]
    (link,) = [str(a["href"]) for a in page.select("section.formats a") if a.get_text() == "CSV"]
    assert strategy.get(link).text.split() == ["n", str(page.select("tbody td")[0].get_text(strip=True))]


def test_a_mistake_is_told_beside_the_query(strategy: FlaskClient) -> None:
    query = "SELECT ?s\nWHERE { ?s a nosuch:Thing }"
    page = _posted(strategy, query, 400)
    assert _asked(page) == query
    note = page.select_one(".note.bad")
    assert note is not None
    assert re.search(r"Line 2, column \d+:", note.get_text())
    assert "nosuch:Thing" in str(note.select_one("mark"))


def test_a_format_that_cannot_hold_the_answer_gives_way_to_the_page(strategy: FlaskClient) -> None:
    page = _posted(strategy, "CONSTRUCT WHERE { ?s a <https://w3id.org/nbkg/ns#Unit> }", fields={"format": "csv"})
    assert page.select_one("main table")


def test_hostile_values_are_only_text(strategy: FlaskClient) -> None:
    query = (
        'SELECT ?name ?n WHERE { VALUES (?name ?n) { ("<script>alert(1)</script>" 1) '
        '("</svg><img src=x onerror=alert(1)>" 2) } } #</textarea><script>alert(2)</script>'
    )
    page = _posted(strategy, query)
    assert not page.find_all(["script", "img"])
    assert _asked(page) == query
    assert page.select("figure.chart")


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("SELECT", 1, 7, "SELECT"),
        ("a b\nc ddd e", 2, 3, "ddd"),
        ("a b\nc ddd e", 2, 6, "ddd"),
        ("a\n\nb", 2, 1, ""),
        ("", 5, 9, ""),
        ("x\r\n  y", 2, 1, "y"),
    ],
)
def test_an_excerpt_is_parted_at_the_place(text: str, line: int, column: int, word: str) -> None:
    before, wrong, after = excerpt(text, line, column)
    assert wrong == word
    assert before + wrong + after == text


def test_completions_are_of_the_data_and_its_vocabulary(strategy: FlaskClient) -> None:
    told = strategy.get("/query/completions.json?lang=en").json
    assert told is not None
    classes = {iri: (name, uses) for iri, name, uses in told["classes"]}
    assert classes["https://w3id.org/nbkg/ns#Measure"][1] == 32
    assert classes["https://w3id.org/nbkg/ns#Measure"][0].lower() == "measure"
    properties = {iri: uses for iri, _, uses in told["properties"]}
    assert properties["https://w3id.org/nbkg/ns#responsible"] > 0
    assert [uses for _, _, uses in told["classes"]] == sorted((uses for _, _, uses in told["classes"]), reverse=True)


def test_files_of_the_editor_are_only_those(strategy: FlaskClient) -> None:
    assert strategy.get("/query/editor/..%2f..%2fdesk%2fpage.py").status_code == 404
    assert strategy.get("/query/editor/page.py").status_code == 404
