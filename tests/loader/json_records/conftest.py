"""Records in JSON as the kind `json` maps them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from loader.json_records.json_kind import JsonRecords
from loader.namespaces import BASE, PREFIXES
from loader.sources.project import ProjectData
from loader.sources.source import Source

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class MappedJson:
    """The statements of a document in a store, and the warnings without the name of the file."""

    store: ox.Store
    warnings: list[str]
    summary: str

    def rows(self, where: str) -> set[tuple[str, ...]]:
        """Return the rows of a pattern, each value without the base and quotes, in the order of `?a ?b …`."""
        prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
        results = self.store.query(f"{prefixes}BASE <{BASE}>\nSELECT * WHERE {{ {where} }}")
        assert isinstance(results, ox.QuerySolutions)
        names = sorted(variable.value for variable in results.variables)
        return {tuple(_short(row[name]) for name in names) for row in results}


def _short(term: object) -> str:
    return term.value.removeprefix(BASE) if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


MapJson = Callable[[str, Path | bytes | object], MappedJson]


@pytest.fixture
def map_json(tmp_path: Path, project: ProjectData) -> MapJson:
    """A function that maps a file, bytes, or a value as JSON, by a profile; the source is `x`."""

    def map_one(profile: str, content: Path | bytes | object) -> MappedJson:
        is_gzip = isinstance(content, bytes) and content.startswith(b"\x1f\x8b")
        file = content if isinstance(content, Path) else tmp_path / ("records.json" + ".gz" * is_gzip)
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif not isinstance(content, Path):
            file.write_text(json.dumps(content), encoding="utf-8")
        iri = URIRef(f"{BASE}id/json-profile/{profile}")
        kind = JsonRecords([Source(URIRef(f"{BASE}id/source/x"), "x", "json", "file", str(file), iri)], project)
        store = ox.Store()
        for graph in kind.graphs():
            for record in graph.records:
                store.extend(ox.Quad(*triple) for triple in record)
        warnings = [warning.removeprefix(f"{file}: ") for warning in kind.warnings()]
        return MappedJson(store, warnings, kind.summary())

    return map_one
