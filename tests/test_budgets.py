"""How long modules and functions may be, and how intricate; ruff holds the complexity of each function at ten."""

from __future__ import annotations

import ast
import tomllib
from statistics import fmean

from radon.complexity import cc_visit  # type: ignore[import-untyped]  # radon ships no types

from tests.source_tree import ROOT, modules, tree

MODULE_LINES = 250
FUNCTION_LINES = 40
PARAMETERS = 5
MEAN_COMPLEXITY = 3.5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(module: str) -> list[Function]:
    return [node for node in ast.walk(tree(modules()[module])) if isinstance(node, Function)]


def _lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _parameters(function: Function) -> int:
    """Return how many parameters a caller has to think of: positional ones but `self`, and those by keyword."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in names if name not in {"self", "cls"}]) + len(function.args.kwonlyargs)


def test_a_module_is_one_thing() -> None:
    lines = {module: len(file.read_text(encoding="utf-8").splitlines()) for module, file in modules().items()}
    assert {module: count for module, count in lines.items() if count > MODULE_LINES} == {}


def test_functions_are_short_and_take_few_parameters() -> None:
    functions = [(module, function) for module in modules() for function in _functions(module)]
    long = [(module, function.name) for module, function in functions if _lines(function) > FUNCTION_LINES]
    many = [(module, function.name) for module, function in functions if _parameters(function) > PARAMETERS]
    assert (long, many) == ([], [])


def test_functions_are_simple_on_the_whole() -> None:
    texts = [file.read_text(encoding="utf-8") for file in modules().values()]
    assert fmean(block.complexity for text in texts for block in cc_visit(text)) <= MEAN_COMPLEXITY


def test_ruff_holds_the_complexity_of_each_function() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "C90" in settings["select"]
    assert settings.get("mccabe", {}).get("max-complexity", 10) <= 10
