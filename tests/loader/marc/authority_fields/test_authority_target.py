"""What the rules for authority records write, held against MARC 21, MADS/RDF, SKOS, and a vocabulary in SKOS."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib.namespace import SKOS

from loader.marc.fields.reasons import REASONS
from loader.marc.record_kinds import AUTHORITY_RULES, HOLDINGS_RULES
from tests.loader.marc.mapped import CASES, Mapped, records_of
from tests.loader.marc.test_mapping_target import DATA, needs_data

DEFINITIONS = Path(__file__).parent.parent / "definitions"
MADS = "http://www.loc.gov/mads/rdf/v1#"
FILES = {
    "no_bare_authority/bare_bringsvaerd_dev70.xml": "noraf",
    "no_bare_sru_json/bare_sru_90361304.xml": "noraf",
    "no_vocab_mrtermer/mrtermer.marc21.xml": "default",
    "intl_evergreen/datasets__auth-subset100.mrc": "default",
}
SAME_IN_BIBLIOGRAPHIC = {"001", "003", "005", "042"}
"""Tags whose rules are those of bibliographic records; a test holds them against their own list."""


@cache
def _definitions(kind: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the field list of a kind of records, by tag."""
    text = (DEFINITIONS / f"marc21-{kind}.tsv").read_text(encoding="utf-8").splitlines()
    rows: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader((line for line in text if not line.startswith("#")), delimiter="\t"):
        rows.setdefault(row["tag"], []).append(row)
    return rows


@cache
def _mapped(name: str) -> Mapped:
    return Mapped(records_of(DATA / name), FILES[name])


def _letters(name: str) -> str:
    return "".join(sign for sign in name.partition("(")[0].lower() if sign.isalnum())


@pytest.mark.parametrize("rule", AUTHORITY_RULES, ids=lambda rule: rule.tag)
def test_a_rule_has_the_definition_of_marc_21(rule: Any) -> None:
    _compare(rule, "authority")


def _compare(rule: Any, kind: str) -> None:
    field, *subfields = _definitions(kind)[rule.tag]
    assert rule.is_repeatable == (field["repeatable"] == "R")
    if rule.tag not in SAME_IN_BIBLIOGRAPHIC:
        assert _letters(rule.name).removesuffix("term") == _letters(field["name"]).removesuffix("term")
    if not rule.tag.startswith("00"):
        assert rule.codes == {row["subfield"]: row["repeatable"] == "R" for row in subfields}


def test_each_field_of_marc_21_has_one_rule_and_each_omission_a_reason() -> None:
    tags = [rule.tag for rule in AUTHORITY_RULES]
    assert len(set(tags)) == len(tags)
    assert set(tags) == _definitions("authority").keys()
    assert {reason for rule in AUTHORITY_RULES for reason in rule.omitted.values()} <= REASONS.keys()


@needs_data
@pytest.mark.parametrize("name", FILES)
def test_at_least_95_percent_of_the_subfields_reach_the_graph(name: str) -> None:
    records = records_of(DATA / name)
    total = sum(len(field.subfields) or 1 for record in records for field in record.fields)
    omitted = Counter((line.tag, line.code) for result in _mapped(name).results for line in result.omissions)
    assert sum(omitted.values()) <= total * 0.05, omitted.most_common(5)


def _terms(lines: set[str]) -> set[str]:
    quads = ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return {node.value for quad in quads for node in (quad.predicate, quad.object) if isinstance(node, ox.NamedNode)}


def _all_lines() -> set[str]:
    cases = [Mapped(records_of(file), "noraf") for file in sorted(CASES.glob("au*.mrc"))]
    files = [_mapped(name) for name in FILES] if DATA.is_dir() else []
    return {line for mapped in (*cases, *files) for result in mapped.results for line in result.lines}


def test_every_term_of_mads_and_skos_is_one_of_theirs() -> None:
    terms = _terms(_all_lines())
    mads = (DEFINITIONS / "madsrdf-terms.txt").read_text(encoding="utf-8").split("\n")[1:]
    assert {term.removeprefix(MADS) for term in terms if term.startswith(MADS)} <= set(mads)
    assert {term for term in terms if term.startswith(str(SKOS))} <= {str(SKOS[name]) for name in SKOS.__annotations__}


@needs_data
def test_terms_are_those_of_the_same_vocabulary_in_skos() -> None:
    """The SKOS of Human Rights Terms is some years younger: what it has of a term is what the MARC record says."""
    mapped = _mapped("no_vocab_mrtermer/mrtermer.marc21.xml")
    ours, theirs = _skos(mapped.store, "https://w3id.org/nbkg/id/concept/mrtermer/"), _skos_of_file()
    for name in ("prefLabel", "altLabel"):
        agreeing = sum(ours[name].get(key) == values for key, values in theirs[name].items() if key in ours[name])
        assert agreeing / len(ours[name]) > 0.9, name
    both = [key for key in theirs["related"] if key in ours["related"]]
    same = sum(len(ours["related"][key] & theirs["related"][key]) for key in both)
    assert same / sum(len(theirs["related"][key]) for key in both) > 0.9


def _skos_of_file() -> dict[str, dict[str, set[str]]]:
    store = ox.Store()
    store.load((DATA / "no_vocab_mrtermer" / "dist__mrtermer.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return _skos(store, "http://data.ub.uio.no/mrtermer/c")


def _skos(store: ox.Store, start: str) -> dict[str, dict[str, set[str]]]:
    """Return labels and related terms by the number of the term."""
    labels: dict[str, dict[str, set[str]]] = {}
    for name in ("prefLabel", "altLabel", "related"):
        values: dict[str, set[str]] = labels.setdefault(name, {})
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(SKOS[name])), None):
            assert isinstance(quad.subject, ox.NamedNode)
            if quad.subject.value.startswith(start):
                value = quad.object.value if isinstance(quad.object, ox.Literal | ox.NamedNode) else ""
                values.setdefault(quad.subject.value.removeprefix(start), set()).add(value.removeprefix(start))
    return labels


@pytest.mark.parametrize("rule", HOLDINGS_RULES, ids=lambda rule: rule.tag)
def test_a_rule_for_holdings_has_the_definition_of_marc_21(rule: Any) -> None:
    _compare(rule, "holdings")
