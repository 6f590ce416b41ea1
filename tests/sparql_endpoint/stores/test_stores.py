from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from nbkg.errors import DefaultGraphLostError, StoreUnavailableError
from nbkg.storage.default_graph import DefaultGraph
from nbkg.storage.served_directory import locate
from sparql_endpoint import create_app
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.queries import query
from sparql_endpoint.settings import Settings
from sparql_endpoint.sparql.dataset import dataset
from sparql_endpoint.stores import check, open_store
from sparql_endpoint.stores.base import Question
from sparql_endpoint.stores.kept_versions import open_release
from sparql_endpoint.stores.oxigraph import OxigraphStore, open_directory

QUERIES = Path(__file__).parents[3] / "sparql_endpoint" / "queries"


def _version(store: Path, number: int, literal: str) -> None:
    folder = store / "versions" / str(number)
    _directory(folder, literal)
    folder.with_name(f"{number}.json").write_text(json.dumps({"version": number, "hash": "ab" * 32, "quads": 1}))
    (store / "store.json").write_text(json.dumps({"format": 1, "kind": "built"}))
    link = store / ".current"
    link.symlink_to(Path("versions") / str(number))
    link.replace(store / "current")


def _directory(folder: Path, literal: str) -> None:
    folder.mkdir(parents=True)
    store = ox.Store(str(folder))
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(literal), ox.NamedNode("urn:g")))
    store.flush()


def _read(answer: Iterable[bytes]) -> str:
    return b"".join(answer).decode()


def test_a_new_version_is_served_without_a_restart(tmp_path: Path) -> None:
    _version(tmp_path, 1, "first")
    store = open_store(str(tmp_path))
    question = Question("SELECT ?o { ?s ?p ?o }")
    assert _read(store.answer(question, formats.CSV)) == "o\r\nfirst\r\n"
    assert store.version() == "1-abababababababab"
    _version(tmp_path, 2, "second")
    assert _read(store.answer(question, formats.CSV)) == "o\r\nsecond\r\n"
    assert store.version() == "2-abababababababab"


def test_a_plain_oxigraph_directory(tmp_path: Path) -> None:
    _directory(tmp_path / "plain", "here")
    store = open_store(str(tmp_path / "plain"))
    assert "here" in _read(store.answer(Question("SELECT ?o { ?s ?p ?o }"), formats.CSV))


def test_a_triple_of_two_graphs_is_met_once_in_the_union(tmp_path: Path) -> None:
    engine = ox.Store(str(tmp_path))
    triple = (ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"))
    engine.extend(ox.Quad(*triple, ox.NamedNode(graph)) for graph in ("urn:a", "urn:b", "urn:c"))
    engine.flush()
    del engine
    store = open_store(str(tmp_path))
    counts = {
        "{ ?s ?p ?o }": "1",
        "{ GRAPH ?g { ?s ?p ?o } }": "3",
        "FROM <urn:b> { ?s ?p ?o }": "1",
        "FROM <urn:d> { ?s ?p ?o }": "0",
        "FROM <urn:a> FROM <urn:b> { ?s ?p ?o }": "1",
        "FROM <urn:a> FROM <urn:b> FROM NAMED <urn:c> { GRAPH ?g { ?s ?p ?o } }": "1",
        "FROM <urn:a> FROM <urn:b> { GRAPH ?g { ?s ?p ?o } }": "0",
    }
    for pattern, count in counts.items():
        text = f"SELECT (COUNT(*) AS ?n) {pattern}"
        named = dataset(text)
        question = Question(text, named.default_graphs, named.named_graphs)
        assert _read(store.answer(question, formats.CSV)).split() == ["n", count]
    plain = open_store(str(tmp_path), DefaultGraph.PLAIN)
    assert _read(plain.answer(Question("ASK { ?s ?p ?o }"), formats.JSON)).endswith("false}")


def test_memory() -> None:
    store = open_store("memory:")
    assert "false" in _read(store.answer(Question("ASK { ?s ?p ?o }"), formats.JSON))
    assert create_app(Settings(store="memory:")).test_client().get("/").status_code == 200


def test_missing_stores_are_told(tmp_path: Path) -> None:
    for address, message in (
        (str(tmp_path / "none"), "there is no such store"),
        (str(tmp_path), "this is not a store"),
        ("ftp://example.org/", "no store has the scheme “ftp”"),
    ):
        with pytest.raises(StoreUnavailableError, match=message):
            open_store(address)
        with pytest.raises(StoreUnavailableError, match=message):
            check(address)


def test_broken_descriptions_are_told(tmp_path: Path) -> None:
    _version(tmp_path, 1, "first")
    (tmp_path / "store.json").write_text('{"format": 9}')
    with pytest.raises(StoreUnavailableError, match="reads format 1"):
        open_store(str(tmp_path))
    (tmp_path / "store.json").write_text("{")
    with pytest.raises(StoreUnavailableError, match="cannot be read"):
        open_store(str(tmp_path))


def test_a_large_answer_is_whole_and_comes_in_blocks(tmp_path: Path) -> None:
    values = " ".join(str(number) for number in range(150_000))
    answer = open_store("memory:").answer(Question("SELECT ?x { VALUES ?x { " + values + " } }"), formats.CSV)
    assert not isinstance(answer, list)
    blocks = list(answer)
    assert max(map(len, blocks)) <= 1 << 16
    assert b"".join(blocks).decode().split() == ["x", *values.split()]


def test_prefixes_shorten_triples(data: ox.Store) -> None:
    store = open_store("memory:")
    answer = store.answer(Question("CONSTRUCT { <urn:a:b> <urn:a:c> 1 } WHERE {}"), formats.TURTLE, {"a": "urn:a:"})
    assert _read(answer) == "@prefix a: <urn:a:> .\na:b a:c 1 .\n"


@pytest.mark.parametrize("file", sorted(QUERIES.rglob("*.rq")), ids=lambda file: file.stem)
def test_every_query_says_what_it_asks_and_runs(file: Path, data: ox.Store) -> None:
    text = query(str(file.relative_to(QUERIES).with_suffix("")))
    assert text.startswith("# ")
    assert data.query(text, base_iri="http://example.org/") is not None


def test_a_built_store_holds_its_union(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large it is: nothing is met twice, and the plain default graph is what it was before."""
    _version(tmp_path, 1, "here")
    engine = ox.Store(str(tmp_path / "versions" / "1"))
    engine.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in engine])
    engine.flush()
    del engine
    (tmp_path / "versions" / "1.json").write_text(json.dumps({"version": 1, "hash": "ab", "quads": 1, "union": True}))
    for most in (0, 1000):
        monkeypatch.setattr("nbkg.storage.default_graph.MAX_QUADS", most)
        store = open_store(str(tmp_path))
        assert _read(store.answer(Question("SELECT ?o { ?s ?p ?o }"), formats.CSV)) == "o\r\nhere\r\n"
        assert _read(store.answer(Question("SELECT ?o { GRAPH ?g { ?s ?p ?o } }"), formats.CSV)) == "o\r\nhere\r\n"
    plain = open_store(str(tmp_path), DefaultGraph.PLAIN)
    assert _read(plain.answer(Question("ASK { ?s ?p ?o }"), formats.CSV)) == "false"
    assert _read(plain.answer(Question("ASK { GRAPH ?g { ?s ?p ?o } }"), formats.CSV)) == "true"


def _marked(folder: Path) -> None:
    """Make a built store that leaves the graph urn:old out; one triple stands in it and in the present."""
    s, p = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    engine = ox.Store(str(folder / "versions" / "1"))
    for graph, literal in (("urn:now", "now"), ("urn:now", "both"), ("urn:old", "both"), ("urn:old", "old")):
        engine.add(ox.Quad(s, p, ox.Literal(literal), ox.NamedNode(graph)))
    engine.extend(ox.Quad(s, p, ox.Literal(literal)) for literal in ("now", "both"))
    engine.flush()
    del engine
    about = {"version": 1, "hash": "ab", "quads": 4, "union": True, "plain": "empty", "left_out": ["urn:old"]}
    (folder / "versions" / "1.json").write_text(json.dumps(about))
    (folder / "store.json").write_text(json.dumps({"format": 1, "kind": "built"}))
    (folder / "current").symlink_to("versions/1")


@pytest.mark.parametrize("most", [0, 1000], ids=["on disk", "in memory"])
def test_the_present_leaves_out_what_the_version_says(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On disk a triple of the present and of a graph that it leaves out is met twice in the union, as docs say."""
    monkeypatch.setattr("nbkg.storage.default_graph.MAX_QUADS", most)
    monkeypatch.setattr("nbkg.storage.opened_store.MAX_QUADS", most)
    (tmp_path / "versions").mkdir()
    _marked(tmp_path)
    union = "both both now old" if most == 0 else "both now old"
    expected = {DefaultGraph.PRESENT: "both now", DefaultGraph.UNION: union, DefaultGraph.PLAIN: ""}
    for kind, literals in expected.items():
        store = open_store(str(tmp_path), kind)
        text = _read(store.answer(Question("SELECT ?o { ?s ?p ?o } ORDER BY ?o"), formats.CSV))
        assert text.split()[1:] == literals.split()
        text = _read(store.answer(Question("SELECT ?o { GRAPH <urn:old> { ?s ?p ?o } } ORDER BY ?o"), formats.CSV))
        assert text.split()[1:] == ["both", "old"]
        assert store.left_out() == ("urn:old",)
        rows = store.select("SELECT DISTINCT ?o { ?s ?p ?o }")
        assert len(rows) == 3


def test_a_release_leaves_out_what_its_version_says(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    _marked(tmp_path)
    release = open_release(locate(tmp_path), DefaultGraph.PRESENT)
    assert _read(release.answer(Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), formats.CSV)).split() == ["n", "2"]


def test_the_service_description_says_what_the_default_graph_merges(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    _marked(tmp_path)
    sd, has_part = "http://www.w3.org/ns/sparql-service-description#", URIRef("http://purl.org/dc/terms/hasPart")
    expected = {"present": {"urn:now"}, "union": {"urn:now", "urn:old"}, "plain": set[str]()}
    for kind, parts in expected.items():
        settings = Settings(store=str(tmp_path), workers=0, default_graph=DefaultGraph(kind))
        answer = create_app(settings).test_client().get("/sparql", headers={"Accept": "text/turtle"})
        graph = Graph().parse(data=answer.data, format="turtle")
        (default,) = graph.objects(None, URIRef(f"{sd}defaultGraph"))
        assert {str(part) for part in graph.objects(default, has_part)} == parts
        is_union = (None, URIRef(f"{sd}feature"), URIRef(f"{sd}UnionDefaultGraph")) in graph
        assert is_union == (kind == "union")


def test_a_store_that_lost_its_plain_default_graph_says_so(tmp_path: Path) -> None:
    _version(tmp_path, 1, "here")
    about = {"version": 1, "hash": "ab", "quads": 1, "union": True, "plain": "mixed"}
    (tmp_path / "versions" / "1.json").write_text(json.dumps(about))
    with pytest.raises(StoreUnavailableError, match="--default-graph present or union"):
        open_store(str(tmp_path), DefaultGraph.PLAIN)
    with pytest.raises(DefaultGraphLostError, match="no longer"):
        open_store(str(tmp_path)).answer(Question("ASK {}", plain=True), formats.CSV)


@pytest.fixture
def described(tmp_path: Path) -> OxigraphStore:
    """Things of which little, much, something long, and something without a name is told."""
    engine = ox.Store(str(tmp_path))
    name, p = ox.NamedNode, ox.NamedNode("urn:p")
    engine.extend(ox.Quad(name("urn:little"), p, value) for value in (name("urn:o"), ox.Literal("o", language="nb")))
    engine.extend(ox.Quad(name("urn:much"), p, ox.Literal(str(number))) for number in range(1000))
    engine.add(ox.Quad(name("urn:long"), p, ox.Literal("o" * 10_000)))
    engine.add(ox.Quad(name("urn:nameless"), p, ox.BlankNode()))
    engine.flush()
    del engine
    return open_directory(str(tmp_path), DefaultGraph.PLAIN)


@pytest.mark.parametrize("form", [formats.TURTLE, formats.N_TRIPLES, formats.JSON_LD, formats.RDF_XML])
def test_a_thing_of_which_little_is_told_is_described_as_by_any_query(described: OxigraphStore, form: Format) -> None:
    for text in ("DESCRIBE <urn:little>", "prefix a: <urn:a>\n describe<urn:little>", "DESCRIBE <urn:unknown>"):
        question = Question(text)
        assert described.find_description(question, form, described.version()) == b"".join(
            described.answer(question, form)
        )


@pytest.mark.parametrize(
    "question",
    [
        Question("DESCRIBE <urn:much>"),
        Question("DESCRIBE <urn:long>"),
        Question("DESCRIBE <urn:nameless>"),
        Question("DESCRIBE <urn:little> <urn:much>"),
        Question("DESCRIBE ?s { ?s ?p ?o }"),
        Question("DESCRIBE <urn:little> FROM <urn:g>"),
        Question("DESCRIBE <urn:little>", default_graphs=("urn:g",)),
        Question("DESCRIBE <no iri>"),
        Question("SELECT * { <urn:little> ?p ?o }"),
    ],
    ids=lambda question: question.text,
)
def test_all_else_is_left_to_a_process(described: OxigraphStore, question: Question) -> None:
    assert described.find_description(question, formats.TURTLE, described.version()) is None


def test_of_another_version_nothing_is_described(described: OxigraphStore) -> None:
    assert described.find_description(Question("DESCRIBE <urn:little>"), formats.TURTLE, "another") is None


def test_the_union_is_described_once_it_is_there(tmp_path: Path) -> None:
    _version(tmp_path, 1, "told")
    store = open_store(str(tmp_path))
    assert isinstance(store, OxigraphStore)
    question = Question("DESCRIBE <urn:s>")
    assert store.find_description(question, formats.TURTLE, store.version()) is None
    expected = _read(store.answer(question, formats.TURTLE))
    assert "told" in expected
    assert store.find_description(question, formats.TURTLE, store.version()) == expected.encode()
