"""`nbkg marc compose`: the command."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from loader.commands.marc_compose_command import compose_records
from loader.marc.reading.marc_file import read_marc_file
from tests.loader.marc.writing.composed import HERE

TURTLE = HERE / "born-linked.ttl"


def test_a_graph_becomes_a_file_of_records(tmp_path: Path) -> None:
    file = tmp_path / "ut.xml"
    result = CliRunner().invoke(compose_records, [str(TURTLE), "-o", str(file), "--format", "marcxml"])
    assert result.exit_code == 0, result.output
    assert result.output == f"{file}: 1 records, 0 refused\n"
    assert len(list(read_marc_file(file))) == 1


def test_what_is_refused_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    more = tmp_path / "mer.ttl"
    more.write_text(
        "@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .\n"
        "<https://example.org/i> a bf:Instance ; bf:adminMetadata <https://example.org/r> .\n",
        encoding="utf-8",
    )
    file = tmp_path / "ut.mrc"
    result = CliRunner().invoke(compose_records, [str(TURTLE), str(more), "-o", str(file)])
    assert result.exit_code == 1
    assert "refused: <https://example.org/i>: it is an instance of no work" in result.output
    assert len(list(read_marc_file(file))) == 1


def test_a_graph_without_instances_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "tom.ttl"
    empty.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n", encoding="utf-8")
    result = CliRunner().invoke(compose_records, [str(empty), "-o", str(tmp_path / "ut.mrc")])
    assert result.exit_code == 1
    assert "there is no bf:Instance and no authority in it" in str(result.exception)
