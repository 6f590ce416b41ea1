"""What the mapping writes, held against the definitions: BIBFRAME 3.0.1 for its terms, MARC 21 for its rules."""

from __future__ import annotations

import csv
import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from loader.marc.fields import library_holdings, minor_number_fields
from loader.marc.fields.reasons import REASONS
from loader.marc.fields.rule_table import RULES
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord
from tests.loader.marc.mapped import CASES

HOLDINGS_RULES = {
    rule.tag for rule in (*minor_number_fields.HOLDINGS_RULES, *library_holdings.HOLDINGS_RULES) if rule.tag != "866"
}
"""Tags that the list of bibliographic fields does not have; another test compares them with those of holdings."""
BF = "http://id.loc.gov/ontologies/bibframe/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SHARED = Path(os.environ.get("NBKG_SHARED", "/nowhere"))
BIBFRAME = SHARED / "profiles" / "bibframe"
MARC_LIST = SHARED / "profiles" / "marc21" / "marc21-bibliographic.tsv"
DATA = SHARED / "data"
FILES = {
    "intl_loc_sample10k/lc_booksall2016_part01_every25th.mrc": "loc",
    "intl_loc_sample10k/lc_norwegian_dev.mrc": "loc",
    "no_bibsys_lrmdata/mrc__bringsværd.bibsys.mrc": "alma",
    "no_bibsys_lrmdata/mrc__Tolkien.bibsys.xml": "alma",
    "no_oai_alma/alma_oai_listrecords_47BIBSYS_2021-12-07.xml": "alma",
    "no_normarc_deichman/spec__example.binary.normarc.mrc": "deichman",
    "intl_evergreen/datasets__jazz_1k.mrc": "sirsi",
    "intl_same_works/mrc__bradbury.bne.mrc": "bne",
    "no_bare_authority/bare_bringsvaerd_dev70.xml": "noraf",
}
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the MARC files are not here (NBKG_SHARED)")
needs_bibframe = pytest.mark.skipif(not BIBFRAME.is_dir(), reason="BIBFRAME 3.0.1 is not here (NBKG_SHARED)")


def _records(name: str, most: int = 1500) -> Iterator[MarcRecord]:
    path = CASES / name if (CASES / name).exists() else DATA / name
    for number, delivery in enumerate(read_marc_file(path)):
        if number == most:
            return
        if isinstance(delivery, DeliveredRecord):
            yield delivery.record


@cache
def _quads(name: str) -> tuple[ox.Quad, ...]:
    """Return the statements of a file, which must be valid N-Quads."""
    mapping = make_mapping("test", read_profile(FILES.get(name, "alma")))
    text = "".join(line for record in _records(name) for line in mapping(record).lines)
    return tuple(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))


CASE_FILES = sorted(file.name for file in CASES.glob("mp*.mrc"))


@pytest.mark.parametrize("name", [*CASE_FILES, *(pytest.param(name, marks=needs_data) for name in FILES)])
def test_every_statement_is_valid_and_no_literal_is_empty(name: str) -> None:
    quads = _quads(name)
    assert quads
    assert [quad for quad in quads if isinstance(quad.object, ox.Literal) and not quad.object.value.strip()] == []


@needs_bibframe
@pytest.mark.parametrize("name", [*CASE_FILES, *(pytest.param(name, marks=needs_data) for name in FILES)])
def test_every_term_is_one_of_bibframe(name: str) -> None:
    terms = json.loads((BIBFRAME / "bibframe-3.0.1-vocabulary.json").read_text(encoding="utf-8"))["terms"]
    used = {
        node.value for quad in _quads(name) for node in (quad.predicate, quad.object) if isinstance(node, ox.NamedNode)
    }
    assert {iri.removeprefix(BF) for iri in used if iri.startswith(BF)} - terms.keys() == set()


def _classes(schema: Any) -> set[str]:
    """Return the classes that a part of the schema accepts; empty where it says nothing of classes."""
    if isinstance(schema, dict):
        here = set(schema["enum"]) if "enum" in schema else set()
        return here.union(*(_classes(value) for value in schema.values()))
    return set().union(*(_classes(each) for each in schema)) if isinstance(schema, list) else set()


@cache
def bibframe_constraints() -> tuple[dict[str, set[str]], dict[str, set[str]], set[str]]:
    """Return the classes of the domain and of the range of each property, and the properties of literals."""
    schema = json.loads((BIBFRAME / "bibframe-3.0.1-domains-ranges.json").read_text(encoding="utf-8"))["$defs"]
    classes = {name: _classes(each) for name, each in schema["class"].items()}

    def named(part: object) -> set[str]:
        text = json.dumps(part)
        return set().union(*(accepted for name, accepted in classes.items() if f'/class/{name}"' in text))

    domains = {each["then"]["not"]["required"][0]: named(each["if"]) for each in schema["node"]["allOf"]}
    ranges = {name: named(each) for name, each in schema["node"]["properties"].items()}
    literals = {name for name, each in schema["node"]["properties"].items() if "/literal" in json.dumps(each)}
    return domains, {name: each for name, each in ranges.items() if each}, literals


def _iri(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


@needs_bibframe
@pytest.mark.parametrize("name", [*CASE_FILES, *(pytest.param(name, marks=needs_data) for name in FILES)])
def test_domains_and_ranges_are_those_of_bibframe(name: str) -> None:
    domains, ranges, literals = bibframe_constraints()
    assert domains["editionStatement"] >= {"Instance"}
    assert ranges["title"] >= {"Title"}
    assert "mainTitle" in literals
    types: dict[str, set[str]] = defaultdict(set)
    for quad in _quads(name):
        if quad.predicate.value == TYPE:
            types[_iri(quad.subject)].add(_iri(quad.object).removeprefix(BF))
    wrong: Counter[str] = Counter()
    for quad in _quads(name):
        term = quad.predicate.value.removeprefix(BF)
        if not quad.predicate.value.startswith(BF):
            continue
        is_literal = isinstance(quad.object, ox.Literal)
        target = set() if is_literal else types.get(_iri(quad.object), set())
        wrong[f"domain of {term}"] += term in domains and types[_iri(quad.subject)].isdisjoint(domains[term])
        wrong[f"literal for {term}"] += term in ranges and term not in literals and is_literal
        wrong[f"no literal for {term}"] += term in literals and not is_literal
        wrong[f"range of {term}"] += term in ranges and bool(target) and target.isdisjoint(ranges[term])
    assert {what: number for what, number in wrong.items() if number} == {}


@pytest.mark.skipif(not MARC_LIST.is_file(), reason="the list of MARC 21 is not here (NBKG_SHARED)")
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.tag not in HOLDINGS_RULES], ids=lambda rule: rule.tag)
def test_a_rule_has_the_definition_of_marc_21(rule: Any) -> None:
    with MARC_LIST.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["tag"] == rule.tag]
    [field] = [row for row in rows if not row["subfield"]]
    assert rule.is_repeatable == (field["repeatable"] == "R")
    assert _letters(rule.name) == _letters(field["name"])
    if not rule.tag.startswith("00"):
        assert rule.codes == {row["subfield"]: row["repeatable"] == "R" for row in rows if row["subfield"]}


def _letters(name: str) -> str:
    return "".join(sign for sign in name.partition("(")[0].lower() if sign.isalnum())


def test_no_tag_has_two_rules_and_each_omission_has_a_reason() -> None:
    assert [tag for tag, number in Counter(rule.tag for rule in RULES).items() if number > 1] == []
    assert {reason for rule in RULES for reason in rule.omitted.values()} <= REASONS.keys()


def _without(record: MarcRecord, field: int, subfield: int) -> MarcRecord:
    fields = list(record.fields)
    old = fields[field]
    subfields = [each for number, each in enumerate(old.subfields) if number != subfield]
    fields[field] = MarcField(old.tag, old.indicators, subfields)
    return MarcRecord(record.leader, fields)


def _bare(value: str) -> str:
    return value.lower().strip(" .,:;/()[]")


SAID_ELSEWHERE = {
    ("014", "a"), ("014", "b"), ("035", "a"), ("336", "b"), ("337", "b"), ("338", "b"),
    ("020", "a"), ("655", "2"), ("650", "2"), ("651", "2"), ("600", "2"), ("610", "2"),
    ("260", "a"), ("260", "b"), ("260", "c"), ("264", "a"), ("264", "b"), ("264", "c"),
    ("041", "a"), ("100", "e"), ("700", "e"), ("700", "4"), ("710", "e"), ("710", "4"), ("100", "4"), ("111", "j"),
    ("040", "d"), ("040", "c"), ("042", "a"), ("043", "a"), ("044", "a"), ("044", "c"), ("246", "a"),
}  # fmt: skip
"""Subfields that often say what another one says: 008, the other of 260 and 264, a role by word and by code,
the number of another system in 014 and 035, a type of content, media or carrier by term and by code,
ISBN-10 and ISBN-13, a vocabulary by $2 and by the number, a parallel title in 245 $b and in 246."""


@needs_data
@pytest.mark.parametrize("name", FILES)
def test_a_subfield_that_counts_as_mapped_changes_the_graph(name: str) -> None:
    """Without it the statements are others, unless the record holds the same value twice."""
    mapping = make_mapping("test", read_profile(FILES[name]))
    choice = random.Random(7)  # noqa: S311  it chooses what is tried
    unchanged: Counter[tuple[str, str]] = Counter()
    checked: Counter[tuple[str, str]] = Counter()
    for record in _records(name, 120):
        result = mapping(record)
        left_out = Counter((each.tag, each.code) for each in result.omissions)
        lines = sorted(result.lines)
        for number, field in enumerate(record.fields):
            if field.tag == "880" or not field.subfields:
                continue
            position = choice.randrange(len(field.subfields))
            code, value = field.subfields[position]
            same = [v for f in record.fields for c, v in f.subfields if _bare(v) == _bare(value)]
            if left_out[field.tag, code] or len(same) > 1 or code == "6":
                continue
            checked[field.tag, code] += 1
            if sorted(mapping(_without(record, number, position)).lines) == lines:
                unchanged[field.tag, code] += 1
    assert sum(checked.values()) > 100
    assert {key: (count, checked[key]) for key, count in unchanged.items() if key not in SAID_ELSEWHERE} == {}


@needs_data
@pytest.mark.parametrize("name", FILES)
def test_each_omission_is_a_subfield_of_the_record_and_has_a_reason(name: str) -> None:
    mapping = make_mapping("test", read_profile(FILES[name]))
    for record in _records(name, 400):
        result = mapping(record)
        there = Counter((field.tag, code) for field in record.fields for code, _value in field.subfields or [("", "")])
        for field in record.fields:
            if field.tag == "880":
                there.update(
                    (tag, code)
                    for code, _value in field.subfields
                    for tag in [field.values("6")[0][:3]]
                    if field.values("6")
                )
        omitted = Counter((each.tag, each.code) for each in result.omissions)
        assert omitted - there == Counter()
        assert {each.reason for each in (*result.omissions, *result.doubts)} <= REASONS.keys()


@needs_data
@pytest.mark.parametrize(
    "name", ["intl_loc_sample10k/lc_norwegian_dev.mrc", "no_bibsys_lrmdata/mrc__Tolkien.bibsys.xml"]
)
def test_statements_do_not_depend_on_the_order_of_records(name: str) -> None:
    """Nor on what was mapped before: two runs in opposite order, one of them with a mapping that is new each time."""
    profile = read_profile(FILES[name])
    mapping = make_mapping("test", profile)
    forth = sorted(line for record in _records(name) for line in mapping(record).lines)
    back = sorted(
        line for record in reversed(list(_records(name))) for line in make_mapping("test", profile)(record).lines
    )
    assert forth == back
