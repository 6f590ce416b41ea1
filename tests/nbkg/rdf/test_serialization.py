"""What is written in a format is what another library's parser reads from it, or an error says that it cannot be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import Graph

from nbkg.errors import UnwritableError
from nbkg.rdf.prefixes import legal_prefixes
from nbkg.rdf.serialization import serialize_statements
from nbkg.rdf.xml_output import xml_output

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own, of JSON-LD
S, P = ox.NamedNode("http://s.example/s"), ox.NamedNode("http://p.example/p")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "xml": ox.RdfFormat.RDF_XML,
    "n3": ox.RdfFormat.N3,
    "json-ld": ox.RdfFormat.JSON_LD,
}
VALUES = {
    "carriage return": "a\rb",
    "line feed": "a\nb",
    "both": "a\r\nb\n\rc\r",
    "only a return": "\r",
    "tab": "\ta\tb\t",
    "spaces": "  a  ",
    "only spaces": "   ",
    "empty": "",
    "next line": "a\x85b\u2028c\u2029d",
    "markup": "<b>&amp;</b>]]>",
    "quotes": "'''\"\"\"\\\"'",
    "backslashes": "\\r\\n\\u0041\\",
    "looks like syntax": ' rdf:nodeID="1"> <oxprefix: xmlns:oxprefix="a" rdf:about="b">\n\t</oxprefix:>',
    "no-break space and joiners": "\u00a0\u200b\u200d\ufeff",
    "emoji": "\U0001f4da",
    "delete": "a\x7fb",
}
ILLEGAL_IN_XML = ("\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff")


def _written(statements: list[ox.Triple], syntax: ox.RdfFormat, prefixes: Mapping[str, str] | None = None) -> bytes:
    output = io.BytesIO()
    serialize_statements(statements, output, syntax, prefixes or {})
    return output.getvalue()


def _read(text: bytes, name: str) -> set[tuple[str, str, str]]:
    graph = Graph()  # TriG and N-Quads without graphs are Turtle and N-Triples
    graph.parse(data=text, format={"trig": "turtle", "nquads": "nt"}.get(name, name))
    return {(str(s), str(p), str(o)) for s, p, o in graph}


@pytest.mark.parametrize("name", [name for name in SYNTAXES if name != "n3"])
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_stays_the_same(value: str, name: str) -> None:
    text = _written([ox.Triple(S, P, ox.Literal(value))], SYNTAXES[name])
    assert _read(text, name) == {(S.value, P.value, value)}


@pytest.mark.parametrize("character", ILLEGAL_IN_XML, ids=ascii)
def test_a_character_that_xml_cannot_hold_is_an_error(character: str) -> None:
    statements = [ox.Triple(S, P, ox.Literal(f"a{character}b"))]
    with pytest.raises(UnwritableError, match=f"U\\+{ord(character):04X}"):
        _written(statements, ox.RdfFormat.RDF_XML)
    text = _written(statements, ox.RdfFormat.TURTLE)
    assert next(iter(ox.parse(text, ox.RdfFormat.TURTLE))).triple == statements[0]


@pytest.mark.parametrize(
    "iri",
    [
        "http://p.example/123",
        "http://p.example/a(b)",
        "http://p.example/",
        "http://p.example/x?a=1&b=2",
        "http://p.example/a/",
        "http://p.example/\u2070",
        f"{RDF}li",
        f"{RDF}Description",
        "urn:1",
    ],
)
def test_a_property_that_no_element_can_be_named_by_is_an_error(iri: str) -> None:
    with pytest.raises(UnwritableError):
        _written([ox.Triple(S, ox.NamedNode(iri), S)], ox.RdfFormat.RDF_XML, {"p": "http://p.example/1"})


@pytest.mark.parametrize("iri", ["http://c.example/123", "http://c.example/?a&b='c'", "http://c.example/", "urn:1"])
@pytest.mark.parametrize("subject", [S, ox.BlankNode("b")])
def test_a_class_that_no_element_can_be_named_by_is_a_value(iri: str, subject: ox.NamedNode | ox.BlankNode) -> None:
    others = [ox.Triple(S, P, ox.Literal("x")), ox.Triple(subject, P, ox.Literal("y"))]
    statements = [ox.Triple(subject, ox.NamedNode(f"{RDF}type"), ox.NamedNode(iri)), *others]
    text = _written(statements, ox.RdfFormat.RDF_XML)
    assert (f"{RDF}type", iri) in {(p, o) for _, p, o in _read(text, "xml")}
    assert len(_read(text, "xml")) == 3


def test_labels_of_blank_nodes_are_names() -> None:
    nodes = [ox.BlankNode(label) for label in ("1x", "_1x", "x1", "__1x")]
    text = _written([ox.Triple(node, P, ox.Literal(node.value)) for node in nodes], ox.RdfFormat.RDF_XML)
    assert len({s for s, _, _ in _read(text, "xml")}) == 4


PREFIXES = [
    "_9",
    "9lives",
    "my onto",
    "a.",
    ".a",
    "-a",
    "a:b",
    "a\nb",
    "x: <http://e.example/> . <urn:x> <urn:y> <urn:z> . #",
]
NAMESPACES = ["http://s.example/x y", "http://s.example/>", "s/", "", "http://s.example/\n", "http://[s", '"', "{}"]


@pytest.mark.parametrize("prefix", [*PREFIXES, "_", "xml", "xmlns", "å", "ª", "a.b", "", "rdf", "oxprefix"])
@pytest.mark.parametrize("name", ["turtle", "trig", "xml", "json-ld"])
def test_no_prefix_spoils_a_document(prefix: str, name: str) -> None:
    namespace = "http://s.example/"
    assert _read(_written([ox.Triple(S, P, S)], SYNTAXES[name], {prefix: namespace}), name) == {
        (S.value, P.value, S.value)
    }


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [
        *((prefix, "http://other.example/") for prefix in ("rdf", "oxprefix", "xml", "XML", "xmlfoo", "xmlns")),
        ("r", RDF),
        ("a", "http://www.w3.org/2000/xmlns/"),
        ("a", "http://www.w3.org/XML/1998/namespace"),
        ("a", "http://s.example/'&amp;"),
    ],
)
@pytest.mark.parametrize("name", ["turtle", "trig", "xml", "json-ld"])
def test_a_prefix_that_a_syntax_uses_itself_spoils_no_document(prefix: str, namespace: str, name: str) -> None:
    statements = [ox.Triple(S, ox.NamedNode(f"{RDF}{word}"), S) for word in ("type", "value")]
    text = _written([*statements, ox.Triple(S, P, S)], SYNTAXES[name], {prefix: namespace})
    assert len(_read(text, name)) == 3


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_is_no_prefix_is_not_declared(prefix: str) -> None:
    assert legal_prefixes({prefix: "http://s.example/", "a": "http://a.example/"}) == {"a": "http://a.example/"}


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("name", ["turtle", "trig", "xml", "json-ld", "n3"])
def test_what_is_no_namespace_is_not_declared(namespace: str, name: str) -> None:
    text = _written([ox.Triple(S, P, S)], SYNTAXES[name], {"s": namespace, "p": "http://p.example/"})
    assert b"prefix s:" not in text
    assert b"xmlns:s=" not in text


def _results(value: str, form: ox.QueryResultsFormat) -> bytes:
    store = ox.Store()
    store.add(ox.Quad(S, P, ox.Literal(value)))
    results = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(results, ox.QuerySolutions)
    output = io.BytesIO()
    if form != ox.QueryResultsFormat.XML:
        results.serialize(output, form)
        return output.getvalue()
    with xml_output(output) as checked:
        results.serialize(checked, form)
    return output.getvalue()


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_stays_the_same_in_results(value: str) -> None:
    root = ET.fromstring(_results(value, ox.QueryResultsFormat.XML))  # noqa: S314  # of our own
    assert [node.text or "" for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [value]
    found = json.loads(_results(value, ox.QueryResultsFormat.JSON))
    assert found["results"]["bindings"][0]["o"]["value"] == value
    table = io.StringIO(_results(value, ox.QueryResultsFormat.CSV).decode(), newline="")
    assert [*csv.reader(table)][1:] in ([[value]], [[]])
    tsv = _results(value, ox.QueryResultsFormat.TSV).decode().split("\n")
    (triple,) = ox.parse(f"<urn:s> <urn:p> {tsv[1]} .", ox.RdfFormat.TURTLE)
    assert triple.object == ox.Literal(value)


@pytest.mark.parametrize("character", ILLEGAL_IN_XML, ids=ascii)
def test_results_in_xml_refuse_what_xml_cannot_hold(character: str) -> None:
    with pytest.raises(UnwritableError, match=f"U\\+{ord(character):04X}"):
        _results(character, ox.QueryResultsFormat.XML)
