"""Compiled templates are kept for the next start; a cache that is damaged or cannot be written does no harm."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from sparql_endpoint.services import template_cache

MakeApplication = Callable[..., Flask]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled templates, which is not there yet."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "cache" / "templates"
    monkeypatch.setattr(template_cache, "templates_folder", lambda: folder)
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of templates in the order in which they are compiled."""
    names: list[str] = []
    generate = Environment._generate

    def noted(environment: Environment, source: nodes.Template, name: str, *rest: Any, **options: Any) -> str:
        names.append(name)
        return generate(environment, source, name, *rest, **options)

    monkeypatch.setattr(Environment, "_generate", noted)
    return names


def _about(application: MakeApplication) -> str:
    answer = application().test_client().get("/about", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_the_next_start_compiles_nothing(application: MakeApplication, folder: Path, compiled: list[str]) -> None:
    page = _about(application)
    assert "about.html" in compiled
    assert len([*folder.iterdir()]) == len(compiled)
    compiled.clear()
    assert _about(application) == page
    assert compiled == []


def test_what_is_damaged_is_compiled_again(application: MakeApplication, folder: Path, compiled: list[str]) -> None:
    page = _about(application)
    templates = [*compiled]
    compiled.clear()
    for number, file in enumerate(sorted(folder.iterdir())):
        content = file.read_bytes()
        file.write_bytes((b"", content[:-9], b"x" * len(content))[number % 3])
    assert _about(application) == page
    assert sorted(compiled) == sorted(templates)


def test_a_template_that_changed_is_compiled_again(application: MakeApplication, folder: Path) -> None:
    for text in ("one", "two"):
        app = application()
        assert app.jinja_env.bytecode_cache is not None
        bucket = app.jinja_env.bytecode_cache.get_bucket(app.jinja_env, "a.html", "/a.html", text)
        assert bucket.code is None
        bucket.code = compile(f"text = {text!r}", "/a.html", "exec")
        app.jinja_env.bytecode_cache.set_bucket(bucket)
    assert len([*folder.iterdir()]) == 1


def test_a_folder_that_cannot_be_made_does_no_harm(application: MakeApplication, folder: Path) -> None:
    folder.parent.write_text("a file where the folder of caches should be")
    assert "<html" in _about(application)


def test_nothing_is_written_where_python_writes_no_bytecode(
    application: MakeApplication, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert "<html" in _about(application)
    assert not folder.exists()


def test_nothing_is_written_beside_the_caller_where_the_user_has_no_home(
    application: MakeApplication, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(template_cache, "templates_folder", lambda: Path("~/.cache/nbkg/templates"))
    assert "<html" in _about(application)
    assert [*tmp_path.iterdir()] == []
