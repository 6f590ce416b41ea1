"""Mapping files as people and spreadsheets write them: what each row becomes, and which faults are named."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from loader.link.mapping_file import MappingFault, SemanticMapping, read_mapping_set
from loader.namespaces import BASE, OWL, SKOS
from nbkg.errors import DataError

CASES = Path(__file__).parent / "cases"
AGENT = f"{BASE}id/agent/noraf-"
HEAD = """#curie_map:
#  noraf: https://w3id.org/nbkg/id/agent/noraf-
#  wd: http://www.wikidata.org/entity/
subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tauthor_id\tcomment
"""
ROW = "noraf:1\tskos:exactMatch\twd:Q1\tsemapv:ManualMappingCuration"
GOOD = (f"{AGENT}1", str(SKOS.exactMatch), "http://www.wikidata.org/entity/Q1")


def _read(text: str | bytes) -> tuple[list[SemanticMapping], list[MappingFault]]:
    document = text.encode() if isinstance(text, str) else text
    everything = list(read_mapping_set(io.BytesIO(document), "m.sssom.tsv").rows)
    mappings = [each for each in everything if isinstance(each, SemanticMapping)]
    return mappings, [each for each in everything if isinstance(each, MappingFault)]


def _triple(mapping: SemanticMapping) -> tuple[str, str, str]:
    return mapping.subject, mapping.predicate, mapping.target


@pytest.fixture(scope="module")
def odd() -> tuple[list[SemanticMapping], list[MappingFault]]:
    return _read((CASES / "ss01_good_but_odd.sssom.tsv").read_bytes())


@pytest.mark.parametrize("file", ["ss01_good_but_odd.sssom.tsv", "ss01_crlf_bom.sssom.tsv"])
def test_both_files_give_one_link_of_the_person(file: str) -> None:
    mappings, _ = _read((CASES / file).read_bytes())
    links = [_triple(each) for each in mappings if each.is_link and each.predicate == str(SKOS.exactMatch)]
    assert links == [(f"{AGENT}99902001", str(SKOS.exactMatch), "http://www.wikidata.org/entity/Q99999901")]


def test_a_negated_mapping_and_one_without_a_term_are_no_links(odd: tuple[list[SemanticMapping], object]) -> None:
    no_links = [(each.subject.removeprefix(AGENT), each.negated) for each in odd[0] if not each.is_link]
    assert no_links == [("99902002", True), ("99902004", False)]


def test_a_prefix_that_is_not_declared_is_named_with_its_line(odd: tuple[object, list[MappingFault]]) -> None:
    assert [(fault.line, "orcid" in fault.problem) for fault in odd[1]] == [(8, True)]


def test_a_row_keeps_what_it_says_beside_the_link(odd: tuple[list[SemanticMapping], object]) -> None:
    first, _, close, _ = odd[0]
    assert (first.confidence, first.created, first.comment) == (1.0, date(2026, 1, 1), 'felt med "anførsel" og\ttab')
    assert first.authors == (f"{AGENT}99902002",)  # the other author has the prefix that is not declared
    assert close.subject == f"{AGENT}99902003"  # a complete IRI among CURIEs


VARIANTS = {
    "CR LF": (HEAD + ROW + "\n").replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + HEAD + ROW,
    "UTF-16": (HEAD + ROW).encode("utf-16"),
    "blanks around cells": HEAD + ROW.replace("\t", " \t "),
    "an empty line at the end": HEAD + ROW + "\n\t\t\t\n\n",
    "tabs of a spreadsheet behind the metadata": HEAD.replace("entity/\n", "entity/\t\t\t\n") + ROW,
    "a blank behind each #": HEAD.replace("#", "# ") + ROW,
    "complete IRIs": HEAD + "\t".join([*GOOD, "https://w3id.org/semapv/vocab/ManualMappingCuration"]),
    "a justification in the other form of a quoted cell": HEAD + ROW.replace("noraf:1", '"noraf:1"'),
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_a_mapping_is_the_same_however_it_is_written(text: str | bytes) -> None:
    mappings, faults = _read(text)
    assert ([_triple(each) for each in mappings], faults) == ([GOOD], [])


FAULTS = {
    "an undeclared prefix": (ROW.replace("wd:", "viaf:"), "object_id: the prefix of “viaf:Q1” is not declared"),
    "no IRI": (ROW.replace("wd:Q1", "Q1"), "“Q1” is neither a CURIE nor an IRI"),
    "a blank in an IRI": (ROW.replace("wd:Q1", "wd:Q 1"), "no IRI may have"),
    "no justification": ("noraf:1\tskos:exactMatch\twd:Q1\t", "mapping_justification: is empty"),
    "a confidence of 95": (ROW + "\t95", "confidence: “95”"),
    "a confidence in words": (ROW + "\thigh", "confidence: “high”"),
    "a predicate that makes no link": (ROW.replace("skos:exactMatch", "rdf:type"), "makes no link"),
    "more cells than columns": (ROW + "\t1\t\tnote\tmore", "8 cells for 7 columns"),
    "a quotation mark that is not closed": ('noraf:2\tskos:exactMatch\t"wd:Q2', "close each quotation mark"),
    "bytes that are no UTF-8": (f"{ROW}\t\t\tbl\udce5", "not UTF-8"),
}


@pytest.mark.parametrize(("row", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_the_good_rows_are_read(row: str, problem: str) -> None:
    mappings, faults = _read((HEAD + ROW + "\n" + row).encode("utf-8", "surrogateescape"))
    assert [_triple(each) for each in mappings] == [GOOD]
    assert [fault.line for fault in faults] == [6]
    assert problem in str(faults[0])


def test_the_lines_within_a_quoted_cell_are_counted() -> None:
    _, faults = _read(HEAD + ROW + '\t\t\t"one\ntwo"\n' + ROW.replace("wd:", "x:"))
    assert [fault.line for fault in faults] == [7]


def test_several_authors_stand_between_bars() -> None:
    mappings, _ = _read(HEAD + ROW + "\t1\tnoraf:8 | noraf:9||")
    assert mappings[0].authors == (f"{AGENT}8", f"{AGENT}9")


def test_what_the_head_says_holds_for_rows_that_say_nothing() -> None:
    head = "#mapping_date: 2026-01-05\n" + HEAD.replace("comment", "mapping_date")
    mappings, _ = _read(head + ROW + "\n" + ROW.replace("Q1", "Q2") + "\t\t\t2026-02-01")
    assert [each.created for each in mappings] == [date(2026, 1, 5), date(2026, 2, 1)]


HEADS = {
    "a built-in prefix that means something else": (HEAD.replace("wd:", "skos:"), "built in"),
    "no YAML": ("#curie_map: {\n" + HEAD, "not YAML"),
    "no column of objects": (HEAD.replace("object_id", "object"), "no column object_id"),
    "a column twice": (HEAD.replace("comment", "subject_id"), "subject_id is there twice"),
    "an empty file": ("", "no column"),
}


@pytest.mark.parametrize(("text", "problem"), HEADS.values(), ids=HEADS)
def test_a_file_with_a_head_that_cannot_be_read_is_refused(text: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        _read(text)


def test_a_built_in_prefix_may_be_declared_as_what_it_is() -> None:
    mappings, faults = _read(
        f"#curie_map:\n#  owl: {OWL}\n#  noraf: {AGENT}\n#  wd: http://www.wikidata.org/entity/\n"
        + HEAD.splitlines()[-1]
        + "\n"
        + ROW
    )
    assert (len(mappings), faults) == (1, [])
