"""The layers of the design: who may import whom, where names are declared, where IRIs are minted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOADER = sorted((ROOT / "loader").rglob("*.py"))
ENDPOINT = sorted((ROOT / "sparql_endpoint").rglob("*.py"))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", LOADER, ids=_name)
def test_the_loader_knows_no_web(file: Path) -> None:
    assert {"sparql_endpoint", "flask", "werkzeug", "uvicorn"}.isdisjoint(_imports(file))


@pytest.mark.parametrize("file", ENDPOINT, ids=_name)
def test_the_endpoint_knows_no_loader(file: Path) -> None:
    assert "loader" not in set(_imports(file))


@pytest.mark.parametrize("file", [f for f in LOADER if f.name != "namespaces.py"], ids=_name)
def test_namespaces_are_declared_in_one_place(file: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Namespace"]


@pytest.mark.parametrize("file", [f for f in LOADER if f.name not in {"namespaces.py", "identifiers.py"}], ids=_name)
def test_iris_are_minted_in_one_place(file: Path) -> None:
    assert "w3id.org/nbkg" not in file.read_text(encoding="utf-8")


def test_the_endpoints_machinery_knows_no_domain_term() -> None:
    """Only `pages/` and `.rq` files know what a measure is."""
    general = [file for file in ENDPOINT if "pages" not in file.parts]
    told = {
        _name(f): [w for w in ("Measure", "nbkg:", "tiltak") if w in f.read_text(encoding="utf-8")] for f in general
    }
    assert {name: found for name, found in told.items() if found} == {}


def test_no_empty_names() -> None:
    tracked = [*LOADER, *ENDPOINT]
    assert not [f for f in tracked if f.stem in {"utils", "helpers", "common", "misc"}]
