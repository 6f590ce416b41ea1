from __future__ import annotations

import contextlib
import time

import pytest

from sparql_endpoint.errors import (
    QuerySyntaxError,
    QueryTooComplexError,
    RequestError,
    ServiceRefusedError,
    TooLargeError,
    UpdateRefusedError,
)
from sparql_endpoint.sparql.form import Form, is_stable, parse_form
from sparql_endpoint.sparql.guard import (
    MAX_CHARACTERS,
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_OPERATORS,
    check_query,
    guarded_update,
)


def _read(text: str) -> Form:
    check_query(text)
    return parse_form(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", Form.SELECT),
        ("ask{}", Form.ASK),
        ("# CONSTRUCT\n  select*{}", Form.SELECT),
        ("PREFIX ask: <http://e/ASK#> CONSTRUCT { ?s ?p ?o } WHERE { ?s ask:x ?o }", Form.CONSTRUCT),
        ("BASE <http://e/SELECT>\nPREFIX : <#>\r\nDESCRIBE <x>", Form.DESCRIBE),
        ("prefix select: <http://e/> # ASK\nprefix construct: <b#> DESCRIBE select:ask", Form.DESCRIBE),
        ('VERSION "1.2" ASK { ?s ?p "SELECT" }', Form.ASK),
        ("PREFIX a.b-c: <http://e/>SELECT?x{}", Form.SELECT),
    ],
)
def test_form(text: str, expected: Form) -> None:
    assert _read(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://e/> {} }",
        "SELECT * { service silent ?x {} }",
        "SELECT * { SERVIC\\u0045 <http://e/> {} }",
        "SELECT * { \\U00000053ERVICE <http://e/> {} }",
        "SELECT * { SER#\nVICE } SELECT * { SERVICE#\n<http://e/> {} }",
        "SELECT * { ?s ?p trueSERVICE<http://e/>{} }",
        "SELECT * { ?s ?p 1SERVICESILENT<http://e/>{} }",
        "PREFIX : <http://e/> SELECT * { SERVICE:x{} }",
        "PREFIX : <http://e/> PREFIX service: <http://f/> SELECT * { SERVICE:x # \n {} }",
        "PREFIX : <http://e/> SELECT * { ?s ?p falseSERVICESILENT:x{} }",
        "SELECT * { FILTER(1 <?b)SERVICE#>\n<http://e/>{} }",
        'SELECT * { FILTER(1 <?b)#>"""\n SERVICE <http://e/> {} #"""\n }',
        "PREFIX urn: <http://e/> SELECT * { FILTER(1<urn:x)SERVICE#>\n?x {} }",
        "SELECT * { SERVICE <http://allowed.example.net/> {} }",
        "SELECT * { SERVICE <//allowed.example.org/> {} }",
        "SELECT * { SERVICE <http://allowed.example.org@e/> {} }",
        "SELECT * { SERVICE ?allowed {} }",
        "SELECT * { SERVICE",
        "SELECT * { FILTER(EXISTS{}<?b)SERVICE#>\n?x {} }",
        '''SELECT * { ?s ?p """a"b\\""" . """ . SERVICE <http://e/> {} }''',
    ],
)
def test_service_does_not_slip_through(text: str) -> None:
    with pytest.raises(ServiceRefusedError):
        check_query(text, ["allowed.example.org"])


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://e/>",
        "lo\\u0061d <http://e/>",
        "CLEAR ALL ; LOAD <http://e/> INTO GRAPH <urn:g>",
        "PREFIX : <http://e/> LOAD:x",
        "PREFIX : <http://e/> CLEAR ALL;load:x",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://e/> { ?s ?p ?o } }",
        "LOAD <http://allowed.example.org.e/>",
    ],
)
def test_load_does_not_slip_through(text: str) -> None:
    with pytest.raises(ServiceRefusedError):
        guarded_update(text, ["allowed.example.org"])


def test_allowed_hosts_may_be_called() -> None:
    hosts = ["allowed.example.org", "e:8080"]
    for text in (
        "SELECT * { SERVICE <http://allowed.example.org/x> {} }",
        "ASK { service silent <http://e:8080/> {} }",
    ):
        check_query(text, hosts)
    load = "LOAD SILENT <http://allowed.example.org:81/x> INTO GRAPH <urn:g>"
    assert guarded_update(load, hosts) == load


def test_a_silent_load_that_is_not_allowed_does_nothing() -> None:
    text = "CLEAR ALL; LOAD SILENT <http://e/> INTO GRAPH <urn:g>; load silent <http://e/b>"
    assert guarded_update(text) == "CLEAR ALL; INSERT DATA {}; INSERT DATA {}"


def test_data_may_hold_many_operators() -> None:
    many = " ".join(f'<urn:s> <urn:p> "{number}"^^<urn:d>, -{number} .' for number in range(2000))
    assert guarded_update(f"INSERT DATA {{ GRAPH <urn:g> {{ {many} }} }}")
    with pytest.raises(QuerySyntaxError, match="an update is expected"):
        guarded_update("SELECT * {}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT (COUNT(COUNT(*)) AS ?c) {}", "contain another"),
        ("SELECT * { BIND(<<( <<(:s :p :o)>> :q :z )>> AS ?x) }", "triple term"),
        ("SELECT * { BIND(<<( 'literal' :q :z )>> AS ?x) }", "triple term"),
        ("ASK { FILTER(?a<?b&&?c>?d) }", "space"),
    ],
)
def test_what_the_grammar_forbids_and_the_engine_takes(text: str, message: str) -> None:
    with pytest.raises(QuerySyntaxError, match=message):
        _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (SUM(?x) / COUNT(?x) AS ?mean) {}",
        "SELECT (COUNT(*) AS ?n) { FILTER EXISTS { SELECT (MAX(?y) AS ?m) {} } }",
        "SELECT * { <<( <<(?s :p :o)>> :r :z )>> :q 1 }",
        "SELECT * { ?s :p (?x <http://e/>) . FILTER(?x < <http://e/>) }",
        "ASK { FILTER(?x<3 && ?y>4) }",
    ],
)
def test_what_the_grammar_allows(text: str) -> None:
    check_query(text)


def test_a_query_that_may_answer_differently() -> None:
    for text in ("SELECT (NOW() AS ?n) {}", "SELECT (rand() AS ?n) {}", "CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }"):
        assert not is_stable(text)
    assert is_stable("SELECT * { ?s ?p ?o . [] ?p 'known' }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a <http://e/SERVICE#> } # SERVICE <x> {}",
        "SELECT * { ?s ?p \"SERVICE <http://e/> {}\" , '''SERVICE\n''' }",
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK { ?s a sd:Service }",
        "PREFIX service: <http://e/> ASK { ?s service:name ?o . service:x ?p ?o }",
        "SELECT * { ?s <http://e/service#x> ?o . FILTER(?o < 3 && ?o > 1) }",
        "BASE <http://e/> SELECT * { ?s <#p> ?o . # an IRI, whatever SERVICE\n ?o <#q> 'SERVICE' }",
        "ASK { FILTER(?a<?b && ?c>?d) }",
    ],
)
def test_the_word_service_may_be_used(text: str) -> None:
    assert _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT*" + "{" * 3000 + "}" * 3000,
        "ASK{FILTER(" + "(" * 100 + "1" + ")" * 100 + ")}",
        "ASK{FILTER(" + "([{" * 30,
        "ASK{?s ?p " + "<<( ?a ?b " * 100,
        "ASK{FILTER(1<" + "(" * 100 + "?b" + ")" * 100 + "&&?c>?d)}",
        "ASK{FILTER(" + "!" * (MAX_OPERATORS + 1) + "1)}",
        "ASK{FILTER(" + "||".join(["?a"] * (MAX_OPERATORS + 2)) + ")}",
        "ASK{?s " + "/".join(["<a:b>"] * (MAX_OPERATORS + 2)) + " ?o}",
        "ASK{" + "OPTIONAL{?a ?b ?c}" * (MAX_CLAUSES + 1) + "}",
        "ASK{" + "{}union" * (MAX_CLAUSES + 1) + "{}}",
    ],
)
def test_too_complex(text: str) -> None:
    with pytest.raises(QueryTooComplexError):
        _read(text)


def test_as_deep_as_allowed() -> None:
    assert _read("ASK" + "{" * MAX_DEPTH + "}" * MAX_DEPTH) is Form.ASK
    assert _read("ASK{VALUES ?x {" + "<http://e/a#b> 'x' 1 " * 5000 + "}}") is Form.ASK


def test_too_large() -> None:
    with pytest.raises(TooLargeError):
        _read("ASK{}" + " " * MAX_CHARACTERS)


@pytest.mark.parametrize("text", ["", "  # only a comment", "PREFIX a: <b>"])
def test_empty(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="empty"):
        _read(text)


def test_unknown_word_has_its_place() -> None:
    with pytest.raises(QuerySyntaxError) as error:
        _read("PREFIX a: <b>\n  SELEKT * {}")
    assert (error.value.line, error.value.column) == (2, 3)


@pytest.mark.parametrize("text", ["INSERT DATA { <a> <b> <c> }", "PREFIX a: <b> load <http://e/>", "clear all"])
def test_updates_are_told_apart(text: str) -> None:
    with pytest.raises(UpdateRefusedError):
        _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK{" + "<" * 20000,
        "ASK{" + '"""a' * 20001,
        "ASK{" + "'''\"\"\"\\" * 10000,
        "ASK{" + "a:" + "." * 2000 + "x",
        "ASK{?a" + "<a#" * 10000 + ">" * 10000,
        "ASK{" + "?a <b#c> ?d \n" * 5000,
        "ASK{" + "\\" * 50000,
    ],
)
def test_reads_in_time_proportional_to_length(text: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(RequestError):
        _read(text)
    assert time.perf_counter() - start < 5
