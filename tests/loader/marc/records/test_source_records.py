"""`nbkg marc import-sources`: the records of the sources of the build are in the store of records, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from loader.errors import CuratedError
from loader.marc.records.source_records import import_source_records
from loader.sources.project import read_project
from nbkg.records.iso2709_writing import write_record
from nbkg.records.store.record_store import open_records
from tests.marc_oracle import simple

SOURCE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/nbkg/id/source/mine> a nbkg:DataSource ; dcterms:identifier "mine" ; nbkg:kind "marc" ;
    dcterms:title "Mine"@nb , "Mine"@nn , "Mine"@en ; nbkg:file "mine.mrc" ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> %s .
"""


def _sources(folder: Path, issued: str = '; dcterms:issued "2026-02-03"^^xsd:date') -> Path:
    (folder / "sources.ttl").write_text(SOURCE % issued, encoding="utf-8")
    return folder / "sources.ttl"


def test_the_sample_is_imported_with_its_date_and_not_again(tmp_path: Path) -> None:
    command = ["marc", "import-sources", "--records", str(tmp_path)]
    first, second = (CliRunner().invoke(nbkg, command) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert first.output.startswith("marc-sample: ")
    assert second.output == ""
    with open_records(tmp_path, "marc-sample") as store:
        assert [each.delivered for each in store.deliveries] == ["2025-10-14"]
        assert store.find_records("nbkg0001") == [1]


def test_a_file_that_changed_is_a_delivery_more(tmp_path: Path) -> None:
    for title, outcome in (("Fjord", [(2, 0)]), ("Fjord", []), ("Fjell", [(0, 1)])):
        (tmp_path / "mine.mrc").write_bytes(write_record(simple(1)) + write_record(simple(2, title)))
        project = read_project(descriptions=[_sources(tmp_path)])
        reports = [done for source, done in import_source_records(project, tmp_path / "r") if source.key == "mine"]
        assert [(done.delivery.new, done.delivery.changed) for done in reports] == outcome


def test_a_source_without_a_date_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.mrc").write_bytes(write_record(simple()))
    project = read_project(descriptions=[_sources(tmp_path, "")])
    with pytest.raises(CuratedError, match=r"id/source/mine>.*dcterms:issued"):
        list(import_source_records(project, tmp_path / "r"))
