"""The editor's files: where they are built the desk loads them, and no other page does; where they are not, none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint.pages.query_ui import editor

HTML = {"Accept": "text/html"}
ROOT = Path(__file__).parents[4]
SCRIPT = "export const found = 'æ';\n" * 200


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


@pytest.fixture
def with_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An editor that is there."""
    for name in editor.NAMES:
        (tmp_path / name).write_text(SCRIPT, encoding="utf-8")
    yield from _at(tmp_path, monkeypatch)


@pytest.fixture
def without_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No editor, as where npm is not."""
    yield from _at(tmp_path, monkeypatch)


def _at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(editor, "_folder", lambda: folder)
    kept = (editor.body, editor.digest, editor.kilobytes)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


@pytest.mark.usefixtures("with_editor")
def test_the_desk_loads_it_and_no_other_page(strategy: FlaskClient) -> None:
    page = BeautifulSoup(strategy.get("/query", headers=HTML).text, "html.parser")
    scripts = [str(script["src"]) for script in page.select("script")]
    assert scripts == ["/query/editor/editor.js"]
    assert strategy.get(scripts[0]).text == SCRIPT
    others = ("/", "/prefixes", "/sparql?query=ASK+{}&format=html")
    assert not any("/query/editor/" in strategy.get(path, headers=HTML).text for path in others)


@pytest.mark.usefixtures("with_editor")
def test_its_policy_allows_our_own_files_only(strategy: FlaskClient) -> None:
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in strategy.get("/query", headers=HTML).headers["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == "'self'"
    assert policy["default-src"] == "'none'"


@pytest.mark.usefixtures("with_editor")
def test_a_file_is_sent_again_only_when_it_has_changed(strategy: FlaskClient) -> None:
    answer = strategy.get("/query/editor/editor.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < len(SCRIPT)
    again = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
    assert strategy.get("/query/editor/editor.js", headers=again).status_code == 304


@pytest.mark.usefixtures("with_editor")
def test_its_weight_is_told(strategy: FlaskClient) -> None:
    assert f"The editor on this page is {editor.kilobytes()} kB" in strategy.get("/query?lang=en", headers=HTML).text


@pytest.mark.usefixtures("without_editor")
def test_without_it_the_form_serves(strategy: FlaskClient) -> None:
    answer = strategy.get("/query?lang=en", headers=HTML)
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("form.ask textarea")
    assert not page.select("script")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert strategy.get("/query/editor/editor.js").status_code == 404
