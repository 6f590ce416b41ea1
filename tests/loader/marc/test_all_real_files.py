"""Every MARC file of the shared data: no record fails, and what is written is valid and the same in any order.

The suite takes the first records of each file; with NBKG_ALL_RECORDS=1 it takes all.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from edtf import parse_edtf

from benchmarks.marc_coverage import MarcSample, marc_samples
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from nbkg.errors import DataError
from nbkg.records.record import DeliveredRecord, MarcRecord
from tests.loader.marc.test_mapping_target import BF, BIBFRAME, DATA, TYPE, bibframe_constraints

SAMPLES = list(marc_samples(DATA)) if BIBFRAME.is_dir() else []
MOST = 1_000_000 if os.environ.get("NBKG_ALL_RECORDS") else 12
XSD = "http://www.w3.org/2001/XMLSchema#"
GEO = "http://www.opengis.net/ont/geosparql#"
WKT = re.compile(r"(?:POINT|LINESTRING|(?:MULTI)?POLYGON)[(][-0-9. ,()]+[)]")
PLAIN = {f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
pytestmark = pytest.mark.skipif(not SAMPLES, reason="the MARC files are not here (NBKG_SHARED)")
each_file = pytest.mark.parametrize(
    "sample", SAMPLES, ids=[f"{each.file.parent.name}/{each.file.name}" for each in SAMPLES]
)


@cache
def _records(file: Path) -> tuple[MarcRecord, ...]:
    """Return the first records of a file; one that breaks off gives those before."""
    records: list[MarcRecord] = []
    try:
        for delivery in read_marc_file(file):
            if isinstance(delivery, DeliveredRecord):
                records.append(delivery.record)
            if len(records) == MOST:
                break
    except DataError:
        assert "SRU" in file.name or "sru" in file.name
    return tuple(records)


@each_file
def test_no_record_fails_and_every_statement_is_valid(sample: MarcSample) -> None:
    mapping = make_mapping("test", read_profile(sample.profile))
    lines = [line for record in _records(sample.file) for line in mapping(record).lines]
    wrong: Counter[str] = Counter()
    for quad in ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.object, ox.Literal):
            wrong[f"not valid: {quad.object}"] += not _is_valid(quad.object)
    assert {what: number for what, number in wrong.items() if number} == {}


def _is_valid(literal: ox.Literal) -> bool:
    """Return whether a literal says something and is of its datatype."""
    kind, text = literal.datatype.value, literal.value
    if kind in PLAIN:
        return bool(text.strip())
    if kind == f"{GEO}wktLiteral":
        return WKT.fullmatch(text) is not None
    readers = {f"{XSD}date": date.fromisoformat, f"{XSD}dateTime": datetime.fromisoformat}
    try:
        if kind == "http://id.loc.gov/datatypes/edtf":
            return all(_is_edtf(part) for part in text.split("/") if part not in {"", ".."})
        return bool(readers[kind](text))
    except ValueError:
        return False


@cache
def _is_edtf(date: str) -> bool:
    """Return whether the library reads a date, or raise ValueError: 3 ms, and many records are of the same years."""
    return bool(parse_edtf(date))


@each_file
def test_every_term_is_one_of_bibframe_and_used_as_it_says(sample: MarcSample) -> None:
    terms = json.loads((BIBFRAME / "bibframe-3.0.1-vocabulary.json").read_text(encoding="utf-8"))["terms"]
    domains, ranges, literals = bibframe_constraints()
    mapping = make_mapping("test", read_profile(sample.profile))
    text = "".join(line for record in _records(sample.file) for line in mapping(record).lines)
    quads = [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)]
    types: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in quads:
        if predicate.value == TYPE:
            assert isinstance(subject, ox.NamedNode)
            assert isinstance(value, ox.NamedNode)
            types[subject.value].add(value.value.removeprefix(BF))
    wrong: Counter[str] = Counter()
    for subject, predicate, value in quads:
        term = predicate.value.removeprefix(BF)
        if not predicate.value.startswith(BF):
            continue
        assert isinstance(subject, ox.NamedNode)
        target = types.get(value.value, set()) if isinstance(value, ox.NamedNode) else set()
        wrong[f"no term: {term}"] += term not in terms
        wrong[f"domain of {term}"] += term in domains and types[subject.value].isdisjoint(domains[term])
        wrong[f"range of {term}"] += term in ranges and bool(target) and target.isdisjoint(ranges[term])
        wrong[f"no literal for {term}"] += term in literals and not isinstance(value, ox.Literal)
    unknown = {each for kinds in types.values() for each in kinds if ":" not in each} - terms.keys()
    assert unknown == set()
    assert {what: number for what, number in wrong.items() if number} == {}


@each_file
def test_the_order_of_records_changes_nothing(sample: MarcSample) -> None:
    records, profile = _records(sample.file), read_profile(sample.profile)
    mapping, again = make_mapping("test", profile), make_mapping("test", profile)
    forth = [line for record in records for line in mapping(record).lines]
    back = [line for record in reversed(records) for line in again(record).lines]
    assert sorted(forth) == sorted(back)
