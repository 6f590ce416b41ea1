"""The records of a release: what they say of its files, on what terms, and that they need nothing from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, VOID, XSD
from rdflib.term import Node

from loader.catalogue import Addresses, build_record, records
from loader.namespaces import BASE, CPSV, CPSVNO, CV, DCATNO, EU, NBKG, ODRS, SPDX
from loader.release.release_index import Release
from loader.store.load import load
from loader.validate import validate
from loader.validate.read import read
from nbkg.storage.locations import catalogue_file, graphs_folder
from nbkg.storage.served_directory import locate

CC0 = URIRef(f"{EU}licence/CC0")
SITE = "https://site.example/nbkg/"
UNLICENSED = {"everything", "report-2025-10-14", "strategy"}
"""Data sets that hold the report's words."""


@pytest.fixture(scope="module")
def files(opened: ox.Store, release: Release) -> dict[str, bytes]:
    return dict(records(opened, release, Addresses(SITE)))


def _graph(files: dict[str, bytes], name: str) -> Graph:
    return Graph().parse(data=files[name], format="turtle")


def _node(release: Release, name: str) -> URIRef:
    dataset = release.dataset(name)
    assert dataset
    return URIRef(dataset.iri)


def test_which_records_there_are(files: dict[str, bytes]) -> None:
    assert list(files) == ["void.ttl", "catalog.ttl", "catalog-3.ttl", "services.ttl", "schemes.ttl"]


def test_the_same_bytes_each_time(opened: ox.Store, release: Release, files: dict[str, bytes]) -> None:
    assert dict(records(opened, release, Addresses(SITE))) == files


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog-3.ttl", "void.ttl"])
def test_our_own_demands_are_met(name: str, files: dict[str, bytes]) -> None:
    """The demands are the shapes of shapes/release.ttl."""
    demands = read([Path(str(resources.files("shapes") / file)) for file in ("release.ttl", "prefixes.ttl")])
    assert validate(_graph(files, name), shapes=demands).results == ()


def test_every_file_is_a_distribution(files: dict[str, bytes], release: Release) -> None:
    graph = _graph(files, "catalog-3.ttl")
    for dataset in release.datasets:
        told = {
            (str(url), int(str(graph.value(node, DCAT.byteSize))), str(graph.value(node, NBKG.sha256)))
            for node in graph.objects(URIRef(dataset.iri), DCAT.distribution)
            for url in graph.objects(node, DCAT.downloadURL)
        }
        folder = f"{SITE}dumps/{release.name}/"
        assert told == {(f"{folder}{file.path}", file.bytes, file.sha256) for file in dataset.files}


def test_check_sums_of_the_full_record(files: dict[str, bytes], release: Release) -> None:
    graph = _graph(files, "catalog-3.ttl")
    told = {str(value) for value in graph.objects(None, SPDX.checksumValue)}
    assert told == {file.sha256 for dataset in release.datasets for file in dataset.files}
    assert set(graph.objects(None, SPDX.algorithm)) == {SPDX.checksumAlgorithm_sha256}
    assert {o.datatype for o in graph.objects(None, DCAT.byteSize) if isinstance(o, Literal)} == {
        XSD.nonNegativeInteger
    }


def test_what_the_versions_contradict_each_other_on_is_in_the_full_record_only(files: dict[str, bytes]) -> None:
    graph = _graph(files, "catalog.ttl")
    assert not list(graph.triples((None, DCAT.byteSize, None)))
    assert not list(graph.triples((None, SPDX.checksum, None)))


def test_each_data_set_has_its_own_licence(files: dict[str, bytes], release: Release) -> None:
    graph = _graph(files, "catalog.ttl")
    for dataset in release.datasets:
        nodes = list(graph.objects(URIRef(dataset.iri), DCAT.distribution))
        licences = {licence for node in nodes for licence in graph.objects(node, DCTERMS.license)}
        assert licences == (set() if dataset.name in UNLICENSED else {CC0}), dataset.name
    assert {dataset.name for dataset in release.datasets} > UNLICENSED


def test_the_reports_words_come_with_their_own_terms(files: dict[str, bytes], release: Release) -> None:
    graph = _graph(files, "catalog.ttl")
    for dataset in release.datasets:
        (rights,) = {
            node
            for distribution in graph.objects(URIRef(dataset.iri), DCAT.distribution)
            for node in graph.objects(distribution, DCTERMS.rights)
        }
        words = " ".join(str(label) for label in graph.objects(rights, RDFS.label))
        assert (graph.value(rights, ODRS.dataLicense) is None) == (dataset.name in UNLICENSED)
        assert ("the report's own terms" in words) == (dataset.name in UNLICENSED)


def test_titles_and_descriptions_are_in_three_languages(files: dict[str, bytes]) -> None:
    graph = _graph(files, "catalog.ttl")
    nodes = {node for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DataService) for node in graph.subjects(RDF.type, kind)}
    for node in nodes:
        for prop in (DCTERMS.title, DCTERMS.description):
            languages = sorted(str(text.language) for text in graph.objects(node, prop) if isinstance(text, Literal))
            assert languages == ["en", "nb", "nn"], (node, prop)


def test_the_publisher_is_not_the_national_library(files: dict[str, bytes]) -> None:
    for name in ("catalog.ttl", "services.ttl", "schemes.ttl"):
        assert set(_graph(files, name).objects(None, DCTERMS.publisher)) == {URIRef(f"{BASE}id/agent/nbkg")}


def test_nobody_is_given_an_address_of_theirs(files: dict[str, bytes]) -> None:
    assert b"mailto:" not in b"".join(files.values())


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog-3.ttl", "services.ttl"])
def test_the_closure_is_whole(name: str, files: dict[str, bytes]) -> None:
    """Every value of the EU's lists has its type, its scheme and labels in the record."""
    graph = _graph(files, name)
    values = {o for o in graph.objects() if isinstance(o, URIRef) and o.startswith(str(EU))}
    assert values
    for value in values:
        assert (value, RDF.type, None) in graph, value
        scheme = graph.value(value, SKOS.inScheme)
        assert (value, RDF.type, SKOS.ConceptScheme) in graph or (scheme, RDF.type, SKOS.ConceptScheme) in graph, value


@pytest.mark.parametrize(("path", "description"), [("sparql", ".well-known/void"), ("reconcile", "openapi.json")])
def test_services_of_all_data_serve_each_data_set(
    files: dict[str, bytes], release: Release, path: str, description: str
) -> None:
    graph, service = _graph(files, "catalog.ttl"), URIRef(f"{BASE}dataset/{path}")
    assert graph.value(service, DCAT.endpointURL) == URIRef(f"{SITE}{path}")
    assert graph.value(service, DCAT.endpointDescription) == URIRef(f"{SITE}{description}")
    served = set(graph.objects(service, DCAT.servesDataset))
    assert served == {URIRef(dataset.iri) for dataset in release.datasets} == set(graph.objects(None, DCAT.dataset))


def test_a_release_without_catalogue_has_no_services_of_records(files: dict[str, bytes]) -> None:
    services = set(_graph(files, "catalog.ttl").subjects(RDF.type, DCAT.DataService))
    assert services == {URIRef(f"{BASE}dataset/{path}") for path in ("sparql", "reconcile")}


def test_services_of_records_serve_the_catalogues() -> None:
    graph = Graph().parse(str(catalogue_file()))
    for path in ("oai", "sru"):
        service = URIRef(f"{BASE}dataset/{path}")
        assert (None, DCAT.service, service) in graph
        assert graph.value(service, DCAT.endpointURL) == URIRef(f"{BASE}{path}")
        assert graph.value(service, DCAT.endpointDescription) == URIRef(f"{BASE}openapi.json")
        served = list(graph.objects(service, DCAT.servesDataset))
        assert served == [URIRef(f"{BASE}dataset/catalogues/marc-sample")]


def _asked(store: ox.Store, text: str) -> set[str]:
    found = store.query(f"PREFIX nbkg: <{NBKG}> PREFIX dcat: <{DCAT}> PREFIX cpsv: <{CPSV}> {text}")
    assert isinstance(found, ox.QuerySolutions)
    return {row[0].value for row in found if isinstance(row[0], ox.NamedNode)}


def test_the_services_are_those_of_the_data(files: dict[str, bytes], opened: ox.Store) -> None:
    graph = _graph(files, "services.ttl")
    pattern = "?s a nbkg:Service ; nbkg:operator ?who FILTER NOT EXISTS { ?s a dcat:DataService }"
    told = {str(service) for service in graph.objects(None, DCATNO.containsService)}
    assert told == _asked(opened, f"SELECT DISTINCT ?s {{ {pattern} }}")
    public = {str(service) for service in graph.subjects(RDF.type, CPSV.PublicService)}
    assert public == _asked(opened, f"SELECT DISTINCT ?s {{ {pattern} ?s a cpsv:PublicService }}")
    assert told - public == {str(service) for service in graph.subjects(RDF.type, CPSVNO.Service)}
    for service in told:
        (contact,) = graph.objects(URIRef(service), CV.contactPoint)
        assert graph.value(contact, CV.contactPage)


def test_registered_organisations_have_their_number(files: dict[str, bytes]) -> None:
    graph = _graph(files, "services.ttl")
    assert graph.value(URIRef(f"{BASE}id/organisation/nasjonalbiblioteket"), DCTERMS.identifier) == Literal("976029100")


def test_the_schemes_are_ours(files: dict[str, bytes]) -> None:
    graph = _graph(files, "schemes.ttl")
    for scheme in graph.subjects(RDF.type, SKOS.Collection):
        members = set(graph.objects(scheme, SKOS.member))
        assert members == set(graph.subjects(SKOS.inScheme, URIRef(str(scheme).removesuffix("#collection"))))
    assert URIRef(f"{BASE}id/concept/status/lukket") in set(graph.objects(None, SKOS.member))


def test_void_names_dumps_and_the_endpoint(files: dict[str, bytes], release: Release) -> None:
    graph = _graph(files, "void.ttl")
    for dataset in release.datasets:
        node = URIRef(dataset.iri)
        told = {str(dump) for dump in graph.objects(node, VOID.dataDump)}
        assert told == {f"{SITE}dumps/{release.name}/{file.path}" for file in dataset.files}
        assert graph.value(node, VOID.sparqlEndpoint) == URIRef(f"{SITE}sparql")
        parts = {str(part) for part in graph.objects(node, VOID.subset)}
        left_out = {f"{BASE}graph/{name}" for name in ("meta", "report/2025-10-14", "source/2025-10-14")}
        uncounted = left_out if dataset.name == "everything" else set()
        assert {str(part.iri) for part in dataset.graphs} - uncounted <= parts
        assert not uncounted & parts
    document = URIRef(f"{SITE}dumps/{release.name}/void.ttl")
    assert graph.value(document, FOAF.primaryTopic) == _node(release, "everything")


def test_void_is_what_the_store_says(files: dict[str, bytes], opened: ox.Store) -> None:
    graph = _graph(files, "void.ttl")
    void = ox.NamedNode(f"{BASE}graph/void")
    counts = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in opened.quads_for_pattern(None, None, None, void)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    assert counts
    assert counts <= {(str(s), str(p), str(o)) for s, p, o in graph}


def test_a_store_that_may_have_changed_is_counted_anew(
    built: Path, tmp_path: Path, release: Release, files: dict[str, bytes]
) -> None:
    """Its own description, here an old one, is not believed."""
    store = ox.Store()
    store.bulk_load(path=str(built / "nbkg.nq"), format=ox.RdfFormat.N_QUADS)
    store.update(f"INSERT DATA {{ GRAPH <{BASE}graph/void> {{ <{BASE}dataset/nbkg> <{VOID.triples}> 1 }} }}")
    found = dict(records(store, release, Addresses(SITE), scratch=tmp_path / "scratch"))
    assert found["void.ttl"] == files["void.ttl"]
    assert not (tmp_path / "scratch").exists()


def test_another_base(built: Path, tmp_path: Path, release: Release) -> None:
    base = "https://other.example/"
    moved = tmp_path / "moved.nq"
    moved.write_text((built / "nbkg.nq").read_text(encoding="utf-8").replace(BASE, base), encoding="utf-8")
    load(tmp_path / "store", [moved], base=base)
    opened = ox.Store.read_only(str(locate(tmp_path / "store").folder))
    datasets = [
        replace(
            one,
            iri=one.iri.replace(BASE, base),
            graphs=[replace(part, iri=(part.iri or "").replace(BASE, base)) for part in one.graphs],
        )
        for one in release.datasets
    ]
    found = dict(records(opened, replace(release, datasets=datasets), Addresses(base), base))
    assert len(found) == 5
    for content in found.values():
        assert BASE.encode() not in content


def test_a_store_that_names_no_publisher_has_numbers_only(tmp_path: Path) -> None:
    file = tmp_path / "data.nq"
    file.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    load(tmp_path / "store", [file])
    opened = ox.Store.read_only(str(locate(tmp_path / "store").folder))
    release = Release("1", "2026-01-01", None, "test", ())
    assert [name for name, _ in records(opened, release)] == ["void.ttl"]
    assert build_record(file, Addresses()) is None


def test_the_committed_record_is_that_of_the_graphs() -> None:
    record = build_record(graphs_folder() / "nbkg.nq", Addresses())
    assert record == catalogue_file().read_bytes()


def test_the_record_before_a_release_names_the_newest(built: Path) -> None:
    graph = Graph().parse(data=build_record(built / "nbkg.nq", Addresses(SITE)) or b"", format="turtle")
    urls: set[Node] = set(graph.objects(None, DCAT.downloadURL))
    assert URIRef(f"{SITE}dumps/latest/datasets/strategy/strategy.nq.gz") in urls
    assert not list(graph.objects(None, NBKG.sha256))
