"""Compiled shapes find what the reference engine finds."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.term import Node

from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from loader.marc.record_validation import read_record_shapes
from loader.validate import validate
from loader.validate.compiled_shapes import ShapeFinding, compile_shapes, index_statements
from nbkg.errors import DataError
from nbkg.rdf.rdflib_terms import to_graph
from nbkg.records.record import DeliveredRecord

SHARED = Path(os.environ.get("NBKG_SHARED", "/nowhere"))
CASE = Path(__file__).parents[2] / "shapes/cases/bibliographic.ttl"
SHAPES = read_record_shapes()
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> . "
FILES = {
    "lc": ("data/intl_loc_sample10k/lc_norwegian_dev.mrc", "loc"),
    "alma": ("data/no_oai_alma/alma_oai_listrecords_47BIBSYS_2021-12-07.xml", "alma"),
    "normarc": ("data/no_normarc_deichman/spec__example.normarc.xml", "deichman"),
    "cases": ("cases/metadata/mp20_dates_zoo.mrc", "default"),
}


def _compiled(lines: list[str], shapes: Graph = SHAPES) -> set[ShapeFinding]:
    return set(compile_shapes(shapes).check(lines))


def _reference(lines: list[str], shapes: Graph = SHAPES) -> set[ShapeFinding]:
    data = to_graph(quad.triple for quad in ox.parse("".join(lines), ox.RdfFormat.N_QUADS))
    return {
        ShapeFinding(str(result.shape), str(result.component), _text(result.focus), _text(result.value))
        for result in validate(data, shapes=shapes).results
    }


def _text(node: Node | None) -> str:
    return "" if node is None else node.n3()


def _lines(file: str, profile: str, count: int) -> list[str]:
    """Return statements of the first records of a file, of which a seventh is left out."""
    mapping, choice = make_mapping("test", read_profile(profile)), random.Random(7)  # noqa: S311  # the same each time
    lines: dict[str, None] = {}
    for delivery in read_marc_file(SHARED / file):
        if isinstance(delivery, DeliveredRecord) and count:
            count -= 1
            lines |= dict.fromkeys(mapping(delivery.record).lines)
    return [line for line in lines if choice.random() > 1 / 7]


def test_the_case_of_the_shapes_has_the_same_findings() -> None:
    quads = [quad for quad in ox.parse(path=str(CASE)) if "report" not in str(quad.subject)]
    lines = [f"{quad.triple} .\n" for quad in quads if isinstance(quad.subject, ox.NamedNode)]
    found = _compiled(lines)
    assert found == _reference(lines)
    assert len(found) > 30


@pytest.mark.skipif(not SHARED.is_dir(), reason="NBKG_SHARED does not name the folder of real records")
@pytest.mark.parametrize("name", FILES)
def test_records_have_the_same_findings(name: str) -> None:
    lines = _lines(*FILES[name], 25)
    found = _compiled(lines)
    assert found == _reference(lines)
    assert len(found) > 10


def test_a_value_is_read_to_its_end_whatever_stands_in_it() -> None:
    lines = [
        '<a> <p> "x> <y> .\\" <z> ."@nb <g> .\n',
        '<a> <p> "1"^^<t> .\n',
        "<a> <q> <b> <g> .\n",
        "<a> <q> _:b .\n",
    ]
    assert index_statements(lines) == {"<a>": {"<p>": ['"x> <y> .\\" <z> ."@nb', '"1"^^<t>'], "<q>": ["<b>", "_:b"]}}


@pytest.mark.parametrize(
    ("value", "matches"),
    [('"a\\tb"', True), ('"a b"@nb', False), ('"a\\u0009b"', True), ("<https://example.org/x>", False), ("_:b", False)],
)
def test_a_pattern_sees_the_text_that_the_escapes_stand_for(value: str, *, matches: bool) -> None:
    shapes = Graph().parse(
        data=PREFIXES + r':s sh:targetClass :T ; sh:property :p . :p sh:path :q ; sh:pattern "\\t" .'
    )
    lines = [
        "<https://example.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/T> .\n",
        f"<https://example.org/x> <https://example.org/q> {value} .\n",
    ]
    found = _compiled(lines, shapes)
    assert bool(found) is not matches
    assert len(found) == len(_reference(lines, shapes))


@pytest.mark.parametrize(
    ("shape", "what"),
    [
        ("sh:property :p . :p sh:path :q ; sh:class :C .", "class"),
        ("sh:closed true .", "closed"),
        ("sh:property :p . :p sh:path [ sh:inversePath :q ] ; sh:minCount 1 .", "alternatives"),
        ("sh:property :p . :p sh:path ( :q :r ) ; sh:minCount 1 .", "alternatives"),
        ("sh:or ( [ sh:property [ sh:path :q ; sh:lessThan :r ] ] ) .", "lessThan"),
    ],
)
def test_what_cannot_be_compiled_is_refused(shape: str, what: str) -> None:
    shapes = Graph().parse(data=f"{PREFIXES} :s sh:targetClass :T ; {shape}")
    with pytest.raises(DataError, match=what):
        compile_shapes(shapes)
