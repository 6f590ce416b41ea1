"""Docs are checked: every command, option and ontology term is documented, links lead somewhere, examples run."""

from __future__ import annotations

import re
import shlex
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS

from loader.cli import GROUP, nbkg
from loader.namespaces import NBKG, PREFIXES
from nbkg import default_store
from nbkg.rdf.turtle import read_files, turtle_files
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted(ROOT.glob("*/README.md")),
    ROOT / "CHANGELOG.md",
]
COMMANDS: dict[str, click.Command] = {point.name: point.load() for point in entry_points(group=GROUP)}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"`nbkg {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    section = page.partition(f"## nbkg {name}\n")[2].partition("\n## ")[0]
    assert section, f"docs/commands.md has no section “## nbkg {name}”"
    for command in _with_commands(COMMANDS[name]):
        for param in command.params:
            for option in param.opts if isinstance(param, click.Option) else []:
                assert f"`{option}" in section, f"docs/commands.md, nbkg {name}: {option} is not told"


def _with_commands(command: click.Command) -> list[click.Command]:
    """A command and those below it."""
    if not isinstance(command, click.Group):
        return [command]
    context = click.Context(command)
    below = [command.get_command(context, name) for name in command.list_commands(context)]
    return [command, *(each for each in below if each is not None)]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(name: str) -> None:
    result = CliRunner().invoke(nbkg, [name, "--help"], catch_exceptions=False)
    assert result.exit_code == 0
    for command in _with_commands(COMMANDS[name]):
        assert command.help
        assert all(param.help for param in command.params if isinstance(param, click.Option))


def test_every_oddity_of_a_marc_record_is_documented() -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for folder in ("nbkg", "loader") for file in (ROOT / folder).rglob("*.py")
    )
    codes = set(re.findall(r'Oddity\(\s*"([a-z0-9-]+)"', code)) | set(
        re.findall(r'"([a-z]+-(?:sign|character))"', code)
    )
    page = (ROOT / "docs" / "marc.md").read_text(encoding="utf-8")
    assert len(codes) > 15
    assert sorted(each for each in codes | {"subfield-code"} if f"`{each}`" not in page) == []


def _terms() -> list[str]:
    graph = read_files(turtle_files(ROOT / "ontology"))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    found = {str(s) for kind in kinds for s in graph.subjects(RDF.type, kind)}
    return sorted(term.removeprefix(str(NBKG)) for term in found if term.startswith(str(NBKG)))


def test_every_term_is_in_the_data_model() -> None:
    page = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    assert [term for term in _terms() if not re.search(rf"nbkg:{term}\b", page)] == []


def test_every_term_of_the_data_model_is_defined() -> None:
    page = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"nbkg:(\w+)", page)) - set(_terms())) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if not re.match(r"\w+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def _examples() -> list[str]:
    """The `nbkg …` lines of the README's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith(".venv/bin/nbkg")]


def test_there_are_examples() -> None:
    assert _examples()


@pytest.mark.parametrize("line", [line for line in _examples() if " query " in line])
def test_examples_of_the_readme_run(line: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBKG_STORE", str(store))
    result = CliRunner().invoke(nbkg, shlex.split(line)[1:], catch_exceptions=False)
    assert result.exit_code == 0
    assert "Biblioteksøk" in result.stdout


@pytest.mark.slow
def test_publishing_as_the_readme_tells(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a small default store; that `build` and `load` make one is shown where the wheel is installed alone."""
    made: list[str] = []
    monkeypatch.setattr(default_store, "_invoke", lambda _, words: made.extend(words))
    monkeypatch.setenv("NBKG_STORE", str(small))
    monkeypatch.chdir(tmp_path)
    called = [shlex.split(line, comments=True)[1:] for line in _examples() if " query " not in line]
    assert [words[0] for words in called] == ["dump", "verify", "serve"]
    for words in called[:2]:  # the server is started in many other tests
        result = CliRunner().invoke(nbkg, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    assert made == ["build", "load"]
    assert (tmp_path / called[2][-1] / "latest" / "release.json").is_file()


def test_the_query_of_the_readme_answers(store: Path) -> None:
    """The query that the README sends with curl, asked through the application."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"--data-urlencode 'query=(.*?)' http://127\.0\.0\.1:8000/sparql", text, re.DOTALL)
    app = create_app(Settings(store=str(store), workers=0))
    answer = app.test_client().post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.text.splitlines()[:2] == ["key,status", "10,Avsluttet"]


def test_prefixes_are_sorted_and_complete() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)


def test_the_changelog_has_an_unreleased_part() -> None:
    unreleased = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("## Unreleased\n")[2]
    entries = [line for line in unreleased.splitlines() if line.startswith("- ")]
    assert entries
    assert all(re.match(r"- [a-z_]+: ", entry) for entry in entries)


def test_the_standing_is_told_in_words_of_the_data() -> None:
    about = Graph().parse(ROOT / "data" / "curated" / "about.ttl")
    assert "Not an official publication" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(list(about.objects(None, None))) > 5
    assert (None, RDFS.comment, None) in about
