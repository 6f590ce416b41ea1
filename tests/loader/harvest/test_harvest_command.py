"""`nbkg harvest` as a user runs it, and the way from a provider to the graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from nbkg.errors import NbkgError
from tests.loader.harvest.local_provider import LocalProvider, error, item, page, pages

SOURCE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
<urn:source:KEY> a nbkg:DataSource ; dcterms:identifier "KEY" ; dcterms:title "KEY"@nb ; nbkg:kind "marc" ;
    nbkg:opener "oai_pmh" ; dcat:accessURL <ADDRESS> ; dcterms:rights "Prøve"@nb ; nbkg:enabled ENABLED .
"""


def _describe(folder: Path, key: str, address: str, enabled: str = "true") -> Path:
    file = folder / f"{key}.ttl"
    text = SOURCE.replace("KEY", key).replace("ADDRESS", address).replace("ENABLED", enabled)
    file.write_text(text, encoding="utf-8")
    return file


class Run(NamedTuple):
    """What a command printed, and its exit code, as `loader.cli.main` has them."""

    exit_code: int
    stdout: str
    stderr: str


def _run(*arguments: str) -> Run:
    result = CliRunner().invoke(nbkg, arguments)
    if isinstance(result.exception, NbkgError):
        return Run(result.exception.exit_code, result.stdout, f"{result.stderr}nbkg: {result.exception}\n")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.stdout, result.stderr)


def _harvest(folder: Path, *arguments: str) -> Run:
    described = [option for file in sorted(folder.glob("*.ttl")) for option in ("--sources", str(file))]
    options = ["--records", str(folder / "records"), "--tries", "1", *described]
    return _run("harvest", *arguments, *options)


@pytest.fixture
def folder(tmp_path: Path, provider: LocalProvider) -> Path:
    _describe(tmp_path, "a", provider.address)
    provider.answer = pages(page(item("1", "Fjære"), item("2", "Vår")))
    return tmp_path


def test_all_goes_on_past_a_source_that_fails_and_ends_with_the_worst_exit_code(
    folder: Path, provider: LocalProvider
) -> None:
    _describe(folder, "b-out-of-reach", "http://127.0.0.1:9/oai")
    _describe(folder, "c", provider.address)
    result = _harvest(folder, "--all")
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert lines[0] == "a: complete: 2 new, 0 changed, 0 unchanged, 0 deleted, 0 quarantined; 1 pages"
    assert lines[1] == "  2 identifiers, 2 of them live; next from 2026-03-02T04:00:00Z"
    assert "b-out-of-reach: failed: 0 new" in result.stderr
    assert "c: complete: 2 new" in result.stderr
    assert lines[-1] == "nbkg: 1 of 3 sources: b-out-of-reach"


def test_the_report_and_the_status_as_json(folder: Path) -> None:
    result = _harvest(folder, "a", "--format", "json")
    (report,) = json.loads(result.stdout)
    assert (result.exit_code, report["new"], report["outcome"], report["next"]) == (
        0,
        2,
        "complete",
        "2026-03-02T04:00:00Z",
    )
    status = {each["source"]: each for each in json.loads(_harvest(folder, "--status", "--format", "json").stdout)}
    assert status["a"] == {
        "source": "a",
        "enabled": True,
        "opener": "oai_pmh",
        "address": status["a"]["address"],
        "harvested": True,
        "known": 2,
        "live": 2,
        "waiting": 0,
        "quarantined": [],
        "next": "2026-03-02T04:00:00Z",
        "open_list": None,
        "last": {"outcome": "complete", "problem": "", "exit_code": 0},
    }
    assert status["nasjonalbibliografien"]["enabled"] is False


def test_an_interrupted_list_and_the_quarantine_are_in_the_status(folder: Path, provider: LocalProvider) -> None:
    bad = item("3", content="<x/>")
    provider.answer = pages(page(item("1", "A"), bad, then="t", size=9), "<html><title>Stengt</title></html>")
    result = _harvest(folder, "a", "--quarantine", str(folder / "aside"))
    assert result.exit_code == 1
    assert "page of HTML “Stengt”" in result.stderr
    assert (folder / "aside" / "a" / "quarantine.jsonl").read_text(encoding="utf-8").count("oai:t:3") == 1
    lines = _harvest(folder, "--status", "a").stdout.splitlines()
    assert "  a list is open after 1 pages of a list of 9 records: the next harvest goes on with it" in lines
    assert any(line.startswith("  in quarantine: oai:t:3: ") for line in lines)


def test_a_source_that_is_not_enabled_is_not_harvested_until_a_file_enables_it(
    folder: Path, provider: LocalProvider
) -> None:
    _describe(folder, "off", provider.address, enabled="false")
    refused = _harvest(folder, "off")
    assert (refused.exit_code, "it is not enabled" in refused.stderr) == (2, True)
    (folder / "switches.ttl").write_text("<urn:source:off> <https://w3id.org/nbkg/ns#enabled> true .", encoding="utf-8")
    assert _harvest(folder, "off").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"), [([], "name a SOURCE, or give --all"), (["x"], "there is no source “x”")]
)
def test_a_wrong_call(folder: Path, arguments: list[str], words: str) -> None:
    result = _harvest(folder, *arguments)
    assert (result.exit_code, words in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ('nbkg:deletionShare "1.5"', "deletionShare"),
        ("nbkg:deletionShare 1.5", "between 0 and 1"),
        ('nbkg:protocolVersion "3"', "1.1, 1.2 or 2.0"),
        ('nbkg:harvestSet "a", "b"', "harvestSet"),
        ("nbkg:pageSize 0", "pageSize"),
        ('nbkg:metadataPrefix "patron"', "Records about borrowers and loans are never read"),
        ('nbkg:recordSchema "ncip-loans"', "Records about borrowers and loans are never read"),
        ('nbkg:harvestSet "Lånere"', "Records about borrowers and loans are never read"),
    ],
)
def test_a_description_that_cannot_be_right_is_refused(folder: Path, terms: str, words: str) -> None:
    file = folder / "a.ttl"
    file.write_text(
        file.read_text(encoding="utf-8").replace("nbkg:enabled", f"{terms} ; nbkg:enabled"), encoding="utf-8"
    )
    result = _harvest(folder, "a")
    assert (result.exit_code, words in result.stderr) == (1, True)


@pytest.mark.parametrize("kind", ["patron", "loans", "laaner"])
def test_a_kind_of_people_is_refused_by_every_opener(folder: Path, kind: str) -> None:
    file = folder / "a.ttl"
    text = file.read_text(encoding="utf-8").replace('"marc"', f'"{kind}"')
    for opener in ("oai_pmh", "sru", "http", "file"):
        file.write_text(text.replace('"oai_pmh"', f'"{opener}"'), encoding="utf-8")
        result = _harvest(folder, "a")
        assert (result.exit_code, "never read" in result.stderr) == (1, True)


def test_what_was_harvested_is_built_as_any_marc_source_is(
    folder: Path, provider: LocalProvider, bare_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the provider to RDF: a build reads the store of records, and asks the provider for nothing."""
    monkeypatch.setenv("NBKG_RECORDS", str(folder / "records"))
    build = ["build", "--data", str(bare_data), "--sources", str(folder / "a.ttl"), "--out", str(folder / "graphs")]
    early = _run(*build)
    assert (early.exit_code, "run nbkg harvest a" in early.stderr) == (2, True)
    _harvest(folder, "a")
    provider.answer = pages(page(item("2"), date="2026-03-03T00:00:00Z"))
    _harvest(folder, "a")
    provider.answer = pages(error("badArgument"))
    built = _run(*build)
    assert built.exit_code == 0, built.stderr
    store = ox.Store()
    store.load(path=str(folder / "graphs" / "nbkg.nq"), format=ox.RdfFormat.N_QUADS)
    graph = ox.NamedNode("https://w3id.org/nbkg/graph/catalogue/a")
    texts = {
        quad.object.value
        for quad in store.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.object, ox.Literal)
    }
    assert ("Fjære" in texts, "Vår" in texts) == (True, False)
