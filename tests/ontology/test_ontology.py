"""The ontology checks itself: queries that must find nothing, each proven able to find something."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = sorted((ROOT / "ontology").rglob("*.ttl"))
CHECKS = sorted((Path(__file__).parent / "checks").glob("*.rq"))
DEFINED_BY = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")


def _store(files: list[Path]) -> ox.Store:
    store = ox.Store()
    for file in files:
        store.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def everything(built: Path) -> ox.Store:
    """The ontology and every data graph; the built ontology and shapes are left out for their sources."""
    graphs = [file for file in sorted(built.glob("*.ttl")) if file.stem not in {"ontology", "shapes"}]
    return _store([*ONTOLOGY, *graphs])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_finds_nothing(check: Path, everything: ox.Store) -> None:
    found = everything.query(check.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    assert [str(row) for row in found] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_can_find_something(check: Path) -> None:
    found = _store([check.with_suffix(".bad.ttl")]).query(check.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    assert list(found)


def test_no_term_is_defined_twice() -> None:
    defined: Counter[str] = Counter()
    for file in ONTOLOGY:
        defined.update({str(q.subject) for q in ox.parse(path=str(file)) if q.predicate == DEFINED_BY})
    assert [term for term, count in defined.items() if count > 1] == []


def test_the_version_is_the_projects() -> None:
    header = (ROOT / "ontology" / "core.ttl").read_text(encoding="utf-8")
    assert 'owl:versionInfo "0.1.0"' in header
    assert "<https://w3id.org/nbkg/ns/0.1.0>" in header
