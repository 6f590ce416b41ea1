"""Rooms in one direction: a module imports only from rooms that stand before its own, and nothing goes in a circle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.source_tree import PACKAGES, ROOT, foreign_imports, imports, modules, tree, words_in_code

ROOMS = {
    "nbkg": "errors grouping rdf identifiers http_client storage default_store text_index void records matching "
    "decisions",
    "loader": "errors meter namespaces identifiers queries words validate sources lexicon status_report marc harvest "
    "authorities tables json_records vocabularies decisions cluster link build store push changes release catalogue "
    "dumps verify new_report commands cli",
    "sparql_endpoint": "errors settings words queries http sparql stores workers services protocol gateway "
    "pages.frame pages.resource pages.strategy pages.library pages.results api pages.query_ui pages.site dumps "
    "application commands",
}
"""The rooms of each package from the ground up; a room may import from those before it and from `nbkg`."""
ORDER = {f"{package}.{room}": place for package in ROOMS for place, room in enumerate(ROOMS[package].split())}
SERVERS = {"flask", "werkzeug", "uvicorn", "a2wsgi"}


def _room(module: str) -> str:
    """Return the longest room that a module stands in; the package for its own `__init__`."""
    while module and module not in ORDER and module not in PACKAGES:
        module = module.rpartition(".")[0]
    return module


def test_modules_stand_in_rooms_and_look_only_down() -> None:
    for module in sorted(modules()):
        _check_looks_down(module)


def _check_looks_down(module: str) -> None:
    room = _room(module)
    if room in PACKAGES:
        assert module in {*PACKAGES, "sparql_endpoint.pages"}, f"{module} stands in no room"
        return
    package = room.partition(".")[0]
    for other in imports(module):
        target = _room(other)
        if target.partition(".")[0] == package:
            assert target == package or ORDER[target] <= ORDER[room], f"{module} looks up to {other}"
        else:
            assert target.partition(".")[0] == "nbkg", f"{module} imports {other}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    _refuse_cycles({module: imports(module) for module in modules()})


def test_no_packages_import_each_other_in_a_circle() -> None:
    """A package's own `__init__` belongs to it; a package may use those inside it."""
    edges: dict[str, set[str]] = {}
    for module in modules():
        package = _package(module)
        others = {_package(other) for other in imports(module)}
        edges.setdefault(package, set()).update(other for other in others - {package} if not _is_inside(other, package))
    _refuse_cycles(edges)


def _package(module: str) -> str:
    return module if modules()[module].name == "__init__.py" else module.rpartition(".")[0]


def _is_inside(one: str, other: str) -> bool:
    return one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _refuse_cycles(edges: Mapping[str, Iterable[str]]) -> None:
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_each_package_says_what_lives_there_and_who_may_import_it() -> None:
    silent = [
        name
        for name, file in modules().items()
        if file.name == "__init__.py" and len((ast.get_docstring(tree(file)) or "").split()) < 8
    ]
    assert silent == []


def test_the_loader_knows_no_web_server() -> None:
    names = [name for name in sorted(modules()) if not name.startswith("sparql_endpoint")]
    assert [module for module in names if not SERVERS.isdisjoint(foreign_imports(module))] == []


def test_namespaces_are_declared_in_one_place() -> None:
    declaring = [
        name
        for name, file in modules().items()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Namespace"
    ]
    assert set(declaring) <= {"loader.namespaces"}


def test_iris_are_minted_in_one_place() -> None:
    names = [name for name in sorted(modules()) if name.startswith("loader.")]
    minting = [name for name in names if "w3id.org/nbkg" in modules()[name].read_text(encoding="utf-8")]
    assert set(minting) <= {"loader.namespaces", "loader.identifiers"}


def _general() -> list[str]:
    """Return the modules that may know no term of the domain: all but the pages and the kinds of the loader."""
    knowing = (
        "sparql_endpoint.pages",
        "loader.status_report",
        "loader.marc",
        "loader.harvest",
        "loader.link",
        "loader.decisions",
        "loader.authorities",
        "loader.json_records",
        "loader.new_report",
        "loader.namespaces",
        "loader.identifiers",
    )
    return [name for name in sorted(modules()) if not name.startswith(knowing)]


def _classes_of_the_ontology() -> list[str]:
    """Return the local names of our classes, but for `Service`, which other vocabularies have too (sd:, cpsvno:)."""
    text = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "ontology").glob("*.ttl")))
    return sorted(set(re.findall(r"^nbkg:([A-Z]\w+) a .*owl:Class", text, re.MULTILINE)) - {"Service"})


def test_only_pages_and_kinds_know_the_domain() -> None:
    classes = _classes_of_the_ontology()
    assert len(classes) > 8
    domain = re.compile(rf"nbkg:\w|/ns#\w|^NBKG$|tiltak|^(?:{'|'.join(classes)})$")
    words = {(module, word) for module in _general() for word in words_in_code(module)}
    assert sorted((module, word) for module, word in words if domain.search(word)) == []


def test_no_empty_names() -> None:
    assert not [file for file in modules().values() if file.stem in {"utils", "helpers", "common", "misc"}]
