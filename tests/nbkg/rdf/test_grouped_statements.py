"""Statements are grouped by subject as a store would hold them, however the lines are written."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from nbkg.rdf import grouped_statements, partitions
from nbkg.rdf.grouped_statements import GroupedStatements

XSD = "http://www.w3.org/2001/XMLSchema#"
LINES = f"""# a comment
<urn:a>\t<urn:p>  "å" .
<urn:a> <urn:p> "\\u00E5"<urn:g>.
<urn:a> <urn:p> "å" <urn:h> .

<urn:a> <urn:p> "007"^^<{XSD}integer> .
<urn:a> <urn:p> "7"^^<{XSD}integer> <urn:g> .
<urn:a> <urn:p> "-0"^^<{XSD}integer> .
<urn:a> <urn:p> "1.50"^^<{XSD}decimal> .
<urn:a> <urn:p> "2020-01-01"^^<{XSD}date> .
<urn:a> <urn:p> "2020-02-31"^^<{XSD}date> .
<urn:a> <urn:p> "2020"^^<{XSD}gYear> .
<urn:a> <urn:p> "true"^^<{XSD}boolean> .
<urn:a> <urn:p> "x"^^<{XSD}string> .
<urn:a> <urn:p> "x" .
<urn:a> <urn:p> "x"^^<urn:datatype> .
<urn:a> <urn:p> "x"@NB-no .
<urn:a> <urn:p> "x"@nb-no <urn:g> .
<urn:a> <urn:p> "a \\"b\\" <urn:c>" .
<urn:a> <urn:p> "a \\"b\\" <urn:c>"@en <urn:g> .
<urn:a> <urn:p> "line\\nbreak\\\\" <urn:g> .
<urn:a> <urn:p> "tab\\t" <urn:g> .
<urn:a> <urn:p> "tab\t" <urn:h> .
<urn:a> <urn:p> <urn:b> <urn:g> .\r
<urn:a> <urn:p> <<( <urn:a> <urn:p> "q" )>> <urn:g> .
<urn:b> <urn:p> <urn:a> .
<urn:b> <urn:p> <urn:a> .
"""


def _held(statements: GroupedStatements) -> list[str]:
    """Return the quads, written as N-Quads."""
    names = statements.graphs
    return sorted(
        b" ".join(filter(None, (subject, predicate, value, names[number]))).decode() + " .\n"
        for subject, group in statements.groups()
        for predicate, value, graphs in group
        for number in graphs
    )


def _in_store(text: str) -> list[str]:
    store = ox.Store()
    store.bulk_load(text.encode(), ox.RdfFormat.N_QUADS)
    return sorted((ox.serialize(store, format=ox.RdfFormat.N_QUADS) or b"").decode().splitlines(keepends=True))


def test_lines_are_read_as_a_store_reads_them(tmp_path: Path) -> None:
    statements = GroupedStatements(tmp_path)
    statements.add(LINES.encode().splitlines(keepends=True))
    assert _held(statements) == _in_store(LINES)


def test_what_is_no_statement_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError):
        GroupedStatements(tmp_path).add([b"<urn:a> oops\n"])


def test_many_statements_are_grouped_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouped_statements, "HELD", 3)
    lines = [f"<urn:{number % 7}> <urn:p> <urn:{number}> <urn:g> .\n" for number in range(50)]
    statements = GroupedStatements(tmp_path / "parts")
    statements.add(line.encode() for line in lines)
    assert any((tmp_path / "parts").iterdir())
    assert _held(statements) == sorted(lines)
    assert partitions.PARTS > 7


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    statements = GroupedStatements(tmp_path)
    for scope in (b"", b"f1."):
        statements.add([b'_:a <urn:p> "_:a" .\n', b'_:a\t<urn:p> <<( _:a <urn:p> "_:a" )>> .\n'], scope=scope)
    quads = _held(statements)
    assert [quad for quad in quads if quad.startswith("_:f1.a")] == [
        '_:f1.a <urn:p> "_:a" .\n',
        '_:f1.a <urn:p> <<( _:f1.a <urn:p> "_:a" )>> .\n',
    ]
    assert len(quads) == 4


def test_a_graph_for_triples_and_one_that_is_ignored(tmp_path: Path) -> None:
    statements = GroupedStatements(tmp_path, ignored=b"<urn:void>", marks=(b"urn:mark",))
    statements.add([b"<urn:a> <urn:mark> <urn:b> .\n", b"<urn:a> <urn:p> <urn:b> <urn:void> .\n"], graph=b"<urn:g>")
    assert statements.marked == [b"<urn:a> <urn:mark> <urn:b> <urn:g> .\n"]
    assert _held(statements) == ["<urn:a> <urn:mark> <urn:b> <urn:g> .\n"]
