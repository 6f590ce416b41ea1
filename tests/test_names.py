"""Names are those of the glossary: old words do not come back, and a name means one thing in its package."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from tests.source_tree import ROOT, modules, names_bound, tree

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
NOT_USED = set(re.findall(r"\w+", GLOSSARY.partition("without a leading underscore):")[2]))
USUAL = {("pyoxigraph", "ox")}
"""The one short name of a library that its own documentation and everybody who uses it here know."""
FRAGMENT = re.compile(
    r"^(That of|Those (of|that)|What (is|was) (noticed|told)|It (is|has) (told|gone)|Has the|Is told|Nobody|So many)"
)


def test_the_glossary_lists_the_words_that_are_not_used() -> None:
    assert {"told", "asked", "found", "desk", "shelf"} <= NOT_USED


def test_no_name_is_a_word_that_is_not_used() -> None:
    names = [
        (module, line, name)
        for module in modules()
        for line, name in {*names_bound(module), (1, module.rpartition(".")[2])}
        if name.strip("_").lower() in NOT_USED
    ]
    assert sorted(names) == []


def test_no_import_gives_another_name() -> None:
    aliases = {
        (module, alias.name, alias.asname)
        for module, file in modules().items()
        for node in ast.walk(tree(file))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
        if alias.asname and alias.asname != alias.name and (alias.name, alias.asname) not in USUAL
    }
    assert sorted(aliases) == []


@pytest.mark.parametrize("package", ["nbkg", "loader", "sparql_endpoint"])
def test_a_class_name_means_one_thing_in_its_package(package: str) -> None:
    homes = defaultdict(list)
    for name, file in modules().items():
        if name.partition(".")[0] == package:
            for node in ast.walk(tree(file)):
                if isinstance(node, ast.ClassDef):
                    homes[node.name].append(name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


@pytest.mark.parametrize("package", ["nbkg", "loader", "sparql_endpoint"])
def test_a_module_name_means_one_thing_in_its_package(package: str) -> None:
    """Folders are left out: a module may have the name of the folder that it is the heart of."""
    homes = defaultdict(list)
    for name, file in modules().items():
        if name.partition(".")[0] == package and not file.name.startswith("__"):
            homes[file.stem].append(name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_docstrings_are_sentences() -> None:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [
        (module, ast.get_docstring(node) or "")
        for module, file in modules().items()
        for node in ast.walk(tree(file))
        if isinstance(node, documented)
    ]
    assert [(module, text) for module, text in texts if FRAGMENT.match(text)] == []
