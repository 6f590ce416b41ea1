"""The ontology checks itself: queries that must find nothing, each proven able to find something."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, PROV, SDO, SKOS, URIRef

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = sorted((ROOT / "ontology").rglob("*.ttl"))
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
CURATED = sorted((ROOT / "data" / "curated").glob("*.ttl"))
CHECKS = sorted((Path(__file__).parent / "checks").glob("*.rq"))
HEADER = ox.NamedNode("https://w3id.org/nbkg/ns")
OWL = "http://www.w3.org/2002/07/owl#"
DEFINED_BY = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")


def _store(files: list[Path]) -> ox.Store:
    store = ox.Store()
    for file in files:
        store.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


def _found(check: Path, store: ox.Store) -> list[str]:
    solutions = store.query(check.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return [str(row) for row in solutions]


@pytest.fixture(scope="module")
def everything(built: Path) -> ox.Store:
    """The ontology, shapes and curated files, and the graphs built of reports."""
    graphs = [file for file in sorted(built.glob("*.ttl")) if file.stem not in {"ontology", "shapes", "curated"}]
    assert graphs
    return _store([*ONTOLOGY, *SHAPES, *CURATED, *graphs])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_finds_nothing(check: Path, everything: ox.Store) -> None:
    assert _found(check, everything) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_can_find_something(check: Path) -> None:
    assert _found(check, _store([check.with_suffix(".bad.ttl")]))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_says_what_it_finds(check: Path) -> None:
    assert check.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("file", ONTOLOGY, ids=lambda file: file.name)
def test_parses(file: Path) -> None:
    statements = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    assert statements or file.name == "deprecated.ttl"


def test_no_term_is_defined_twice() -> None:
    defined: Counter[str] = Counter()
    for file in ONTOLOGY:
        defined.update({str(q.subject) for q in ox.parse(path=str(file)) if q.predicate == DEFINED_BY})
    assert [term for term, count in defined.items() if count > 1] == []


def test_the_version_is_one() -> None:
    """The version's address ends in the version's number."""
    store = _store([ROOT / "ontology" / "core.ttl"])
    [number] = [q.object for q in store.quads_for_pattern(HEADER, ox.NamedNode(OWL + "versionInfo"), None)]
    [address] = [q.object for q in store.quads_for_pattern(HEADER, ox.NamedNode(OWL + "versionIRI"), None)]
    assert isinstance(number, ox.Literal)
    assert address == ox.NamedNode(f"{HEADER.value}/{number.value}")


# Vocabularies that rdflib does not list. Read from their own documents: CPSV-AP-NO, ADMS, Web Annotation.
OTHERS = {
    "http://data.europa.eu/m8g/": {"Participation", "hasCompetentAuthority", "ownedBy", "role"},
    "http://purl.org/vocab/cpsv#": {"PublicService", "Rule"},
    "http://www.w3.org/ns/adms#": {"schemaAgency", "status"},
    "http://www.w3.org/ns/oa#": {"Annotation", "hasBody", "hasTarget"},
    "https://data.norge.no/vocabulary/cpsvno#": {"Service"},
}


def _exists(term: str) -> bool:
    listed = {name + local for name, locals_ in OTHERS.items() for local in locals_}
    known = any(URIRef(term) in names for names in (DCAT, DCTERMS, FOAF, ORG, PROV, SDO, SKOS))
    return known or term in listed


def test_aligned_terms_exist() -> None:
    quads = ox.parse(path=str(ROOT / "ontology" / "alignments.ttl"))
    objects = {q.object.value for q in quads if isinstance(q.object, ox.NamedNode)}
    assert objects
    assert sorted(term for term in objects if not _exists(term)) == []
    assert not _exists("http://www.w3.org/ns/org#memberOff")
