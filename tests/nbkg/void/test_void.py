"""What a load counts is what SPARQL counts, and what the server counts of a small store that has no description."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SKOS, VOID

from loader.store.load import load
from nbkg.rdf import grouped_statements
from nbkg.storage.served_directory import locate
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

BASE = "https://w3id.org/nbkg/"
ADDRESS = "/.well-known/void"
WHOLE = f"<{BASE}dataset/nbkg>"
DESCRIBING = {f"{BASE}graph/void", f"{BASE}graph/meta"}
LEFT_OUT = {f"{BASE}graph/report/2025-10-14", f"{BASE}graph/source/2025-10-14"}
APART = f"FILTER(?type NOT IN ({', '.join(f'<{graph}>' for graph in sorted(DESCRIBING | LEFT_OUT))}))"
"""The graphs that describe others, and those that the default graph leaves out."""
LIBRARY = Path(__file__).parents[2] / "sparql_endpoint" / "library.trig"
OTHERS = """
<urn:a> a <urn:Class> ; <urn:b> <https://one.example/x> , <https://one.example/y> , <https://two.example/> , _:n .
_:n a <urn:Class> , _:c ; <urn:b> <https://two.example/z?q> , <https://w3id.org/nbkg/id/missing> , <urn:a> .
"""


def _files(folder: Path, built: Path) -> dict[str, list[Path]]:
    plain = folder / "plain.ttl"
    plain.write_text(OTHERS)
    empty = folder / "empty.nq"
    empty.write_text("")
    ours = folder / "ours.nq"
    lines = (built / "nbkg.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    ours.write_text("".join(line for line in lines if 'ns#inDefaultGraph> "false' not in line), encoding="utf-8")
    return {
        "ours": [ours],
        "library": [LIBRARY],
        "plain": [plain],
        "mixed": [LIBRARY, plain],
        "empty": [empty],
    }


def _counted(files: list[Path]) -> bytes:
    """What the server counts itself, in a store without a description."""
    data = ox.Store()
    for file in files:
        data.load(path=str(file), format=ox.RdfFormat.from_extension(file.suffix[1:]))
    return (
        create_app(Settings(store="memory:"), open_memory("memory:", data=data)).test_client().get(ADDRESS).get_data()
    )


def _stored(store: Path) -> bytes:
    return create_app(Settings(store=str(store), workers=0)).test_client().get(ADDRESS).get_data()


@pytest.mark.parametrize("name", ["ours", "library", "plain", "mixed", "empty"])
def test_the_loader_counts_what_the_server_counts(name: str, built: Path, tmp_path: Path) -> None:
    files = _files(tmp_path, built)[name]
    load(tmp_path / "store", files)
    assert _stored(tmp_path / "store").splitlines() == _counted(files).splitlines()


@pytest.mark.parametrize("name", ["ours", "mixed"])
def test_several_processes_count_and_find_the_same(
    name: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _files(tmp_path, built)[name]
    load(tmp_path / "one", files)
    monkeypatch.setattr(grouped_statements, "HELD", 50)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    load(tmp_path / "several", files)
    counts = [_stored(tmp_path / store) for store in ("one", "several")]
    indexes = [(tmp_path / store / "versions" / "1.words").read_bytes() for store in ("one", "several")]
    assert counts[0] == counts[1]
    assert indexes[0] == indexes[1]


def test_a_description_among_the_files_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "lie.nq"
    lie = f'<urn:d> <{VOID.classes}> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <{BASE}graph/void> .\n'
    file.write_text(f"<urn:a> <urn:b> <urn:c> <urn:g> .\n{lie}")
    assert load(tmp_path / "store", [file]).quads == 1
    graph = Graph().parse(data=_stored(tmp_path / "store"), format="turtle")
    assert [int(str(n)) for n in graph.objects(None, VOID.classes)] == [0]


def test_the_description_of_another_base_is_not_taken(tmp_path: Path) -> None:
    load(tmp_path / "store", [LIBRARY], base="https://library.example/")
    assert b"https://w3id.org/nbkg/.well-known/void#dataset" in _stored(tmp_path / "store")
    settings = Settings(store=str(tmp_path / "store"), workers=0, base="https://library.example/")
    answer = create_app(settings).test_client().get(ADDRESS).data
    assert b"https://library.example/.well-known/void#dataset" in answer


def test_a_store_that_may_change_is_counted() -> None:
    """What stands in its graph of the name may be old."""
    data = ox.Store()
    data.update(f"INSERT DATA {{ <urn:a> a <urn:b> . GRAPH <{BASE}graph/void> {{ <urn:d> <{VOID.classes}> 7 }} }}")
    answer = create_app(Settings(store="memory:"), open_memory("memory:", data=data)).test_client().get(ADDRESS)
    graph = Graph().parse(data=answer.data, format="turtle")
    assert [int(str(number)) for number in graph.objects(None, VOID.classes)] == [1]


@pytest.fixture(scope="module")
def described(built: Path, tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    store = tmp_path_factory.mktemp("described") / "store"
    load(store, [built / "nbkg.nq"])
    return ox.Store.read_only(str(locate(store).folder))


def _told(store: ox.Store, pattern: str) -> dict[tuple[str, ...], int]:
    """Rows of the description: the other variables, by name, to ?n."""
    names = " ".join(sorted(set(re.findall(r"\?\w+", pattern)) - {"?n"}))
    return _rows(store, f"PREFIX void: <{VOID}> SELECT {names} ?n {{ GRAPH <{BASE}graph/void> {{ {pattern} }} }}")


def _asked(store: ox.Store, select: str, more: str = "", group: str = "") -> dict[tuple[str, ...], int]:
    """Return the independent count: over the graphs of the present that do not describe others, each triple once."""
    grouped = f"GROUP BY {group}" if group else ""
    inner = f"SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} {APART.replace('?type', '?g')} }}"
    return _rows(store, f"SELECT {group} {select} {{ {{ {inner} }} {more} }} {grouped}")


def _rows(store: ox.Store, text: str) -> dict[tuple[str, ...], int]:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    table = [[term.value for term in row if isinstance(term, ox.NamedNode | ox.Literal)] for row in found]
    return {tuple(row[:-1]): int(row[-1]) for row in table}


@pytest.mark.parametrize(
    ("term", "select", "more"),
    [
        ("triples", "(COUNT(*) AS ?n)", ""),
        ("distinctSubjects", "(COUNT(DISTINCT ?s) AS ?n)", ""),
        ("distinctObjects", "(COUNT(DISTINCT ?o) AS ?n)", ""),
        ("properties", "(COUNT(DISTINCT ?p) AS ?n)", ""),
        ("classes", "(COUNT(DISTINCT ?o) AS ?n)", f"FILTER(?p = <{RDF.type}>)"),
        ("entities", "(COUNT(DISTINCT ?s) AS ?n)", f"FILTER(STRSTARTS(STR(?s), '{BASE}'))"),
    ],
)
def test_each_number_of_the_whole(described: ox.Store, term: str, select: str, more: str) -> None:
    told = _told(described, f"{WHOLE} void:{term} ?n")
    assert told == _asked(described, select, more)
    assert told[()] > 0


def test_each_property_partition(described: ox.Store) -> None:
    pattern = f"{WHOLE} void:propertyPartition [ void:property ?property ; void:triples ?n ]"
    assert _told(described, pattern) == _asked(described, "(COUNT(*) AS ?n)", "", "?p")


def test_each_class_partition(described: ox.Store) -> None:
    pattern = f"{WHOLE} void:classPartition [ void:class ?class ; void:entities ?n ]"
    select, more = "(COUNT(DISTINCT ?s) AS ?n)", f"FILTER(?p = <{RDF.type}>)"
    assert _told(described, pattern) == _asked(described, select, more, "?o")


@pytest.fixture(scope="module")
def merged(described: ox.Store) -> ox.Store:
    """What `_asked` counts, each triple once in the default graph: asked for each class it took two seconds more."""
    store = ox.Store()
    for quad in described:
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value not in DESCRIBING | LEFT_OUT:
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def test_each_property_of_each_class(described: ox.Store, merged: ox.Store) -> None:
    classes = [
        name for (name,) in _told(described, f"{WHOLE} void:classPartition [ void:class ?c ; void:entities ?n ]")
    ]
    assert len(classes) > 20
    for name in classes:
        pattern = f"[] void:class <{name}> ; void:propertyPartition [ void:property ?property ; void:triples ?n ]"
        told = _told(described, pattern)
        assert told == _rows(merged, f"SELECT ?p (COUNT(*) AS ?n) {{ ?s a <{name}> ; ?p ?o }} GROUP BY ?p")
        assert (str(RDF.type),) in told


def test_each_graph(described: ox.Store) -> None:
    graphs = [graph.value for graph in described.named_graphs() if isinstance(graph, ox.NamedNode)]
    told = {
        name for (name,) in _rows(described, f"SELECT ?g (1 AS ?n) {{ {WHOLE} <{VOID.subset}> ?g . GRAPH ?g {{}} }}")
    }
    assert told == set(graphs) - DESCRIBING - LEFT_OUT
    numbers = {
        "triples": "*",
        "distinctSubjects": "DISTINCT ?s",
        "distinctObjects": "DISTINCT ?o",
        "properties": "DISTINCT ?p",
    }
    for name in told | LEFT_OUT:
        for term, what in numbers.items():
            counted = _rows(described, f"SELECT (COUNT({what}) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
            assert _told(described, f"<{name}> void:{term} ?n") == counted


def test_each_linkset(described: ox.Store) -> None:
    pattern = """?set a void:Linkset ; void:subjectsTarget ?whole ; void:linkPredicate ?property ; void:triples ?n ;
        void:objectsTarget [ void:uriSpace ?space ]"""
    text = f"SELECT ?property ?space ?n {{ GRAPH <{BASE}graph/void> {{ {pattern} }} }}"
    told = _rows(described, f"PREFIX void: <{VOID}> {text}")
    more = f"""FILTER(isIRI(?o) && ?p != <{RDF.type}> && !STRSTARTS(STR(?o), '{BASE}'))
        FILTER NOT EXISTS {{ GRAPH ?type {{ ?o ?any ?thing }} {APART} }}
        BIND(STRBEFORE(STR(?o), '://') AS ?scheme) BIND(STRAFTER(STR(?o), '://') AS ?rest)
        FILTER(?scheme IN ('http', 'https') && STRAFTER(?rest, '/') != '')
        BIND(CONCAT(?scheme, '://', STRBEFORE(?rest, '/'), '/') AS ?space)"""
    assert told == _asked(described, "(COUNT(*) AS ?n)", more, "?p ?space")
    assert (str(SKOS.exactMatch), "http://www.wikidata.org/") in told


def test_examples_are_instances(described: ox.Store) -> None:
    examples = _told(described, f"{WHOLE} void:exampleResource ?example BIND(1 AS ?n)")
    assert len(examples) == 5
    for (example,) in examples:
        assert _rows(described, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ <{example}> a ?class }} }}")[()] > 0
