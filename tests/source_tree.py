"""The modules of the project and what each imports, read from their source without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("nbkg", "loader", "sparql_endpoint")


@cache
def modules() -> Mapping[str, Path]:
    """Return the file of each module, by the module's dotted name."""
    return {_dotted(file): file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))}


@cache
def tree(file: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Return the project's modules that a module imports, wherever in its code, itself left out."""
    known = modules()
    names = {name for node in ast.walk(tree(known[module])) for name in _imported(node)}
    return frozenset({_module(name) for name in names if _module(name)} - {module})


def foreign_imports(module: str) -> set[str]:
    """Return the top names of everything that a module imports."""
    return {name.partition(".")[0] for node in ast.walk(tree(modules()[module])) for name in _imported(node)}


def words_in_code(module: str) -> set[str]:
    """Return the names and the strings of a module's code, its docstrings and comments left out."""
    nodes = list(ast.walk(tree(modules()[module])))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return {word for node in nodes if id(node) not in prose for word in _words(node)}


def names_bound(module: str) -> set[tuple[int, str]]:
    """Return the names that a module gives to classes, functions, parameters, variables and attributes, with lines."""
    return {(node.lineno, name) for node in ast.walk(tree(modules()[module])) for name in _bound(node)}  # type: ignore[attr-defined]  # nodes with a name have a line


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node.name


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.attr


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module(name: str) -> str:
    """Return the module that an imported name is, or that it stands in; nothing for those of others."""
    known = modules()
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
