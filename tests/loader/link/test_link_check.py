"""Links that cannot all be true, and links to things that are no more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from loader.commands.link_check_command import check
from loader.link.checking.conflict_report import conflict_csv
from loader.link.checking.link_check import check_links
from loader.link.checking.link_conflicts import LinkConflict
from tests.loader.marc.mapped import case

PREFIXES = """
@prefix agent: <https://w3id.org/nbkg/id/agent/> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix gnd: <https://d-nb.info/gnd/> .
@prefix mads: <http://www.loc.gov/mads/rdf/v1#> .
@prefix ntsf: <https://id.nb.no/vocabulary/ntsf/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix viaf: <http://viaf.org/viaf/> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""
NOT = "<urn:m> owl:annotatedSource {} ; owl:annotatedTarget {} ; sssom:predicate_modifier 'Not' ."
ONE, TWO = "agent:noraf-90000001", "agent:noraf-90000002"
CONFLICTS = {
    "two things on one identifier": (f"{ONE} owl:sameAs wd:Q1 . {TWO} owl:sameAs wd:Q1 .", ["shared"]),
    "two things on one identifier in two forms": (
        f"{ONE} owl:sameAs viaf:100 . {TWO} owl:sameAs <https://viaf.org/viaf/100/> .",
        ["shared"],
    ),
    "two concepts on one": (
        "ntsf:1 skos:exactMatch gnd:4000003-5 . ntsf:2 skos:exactMatch gnd:4000003-5 .",
        ["shared"],
    ),
    "one thing on two identifiers": (f"{ONE} owl:sameAs wd:Q1 , wd:Q2 .", ["several"]),
    "a link within one register": ("ntsf:1 skos:exactMatch ntsf:2 .", ["own-scheme"]),
    "a chain": (
        f"{ONE} owl:sameAs wd:Q1 . gnd:118540238 owl:sameAs wd:Q1 , viaf:10 . {TWO} owl:sameAs viaf:10 .",
        ["chain"],
    ),
    "a refused pair": (f"{ONE} owl:sameAs wd:Q1 . {NOT.format(ONE, 'wd:Q1')}", ["refused"]),
    "a refused pair by a longer way": (
        f"{ONE} owl:sameAs viaf:10 . gnd:118540238 owl:sameAs viaf:10 , wd:Q1 . {NOT.format('wd:Q1', ONE)}",
        ["refused"],
    ),
    "things that are stated to be different": (f"{ONE} owl:sameAs wd:Q1 ; owl:differentFrom wd:Q1 .", ["refused"]),
    "a link to what is replaced": (
        "ntsf:1 skos:closeMatch gnd:1-X . gnd:1-X dcterms:isReplacedBy gnd:2-8 .",
        ["replaced"],
    ),
    "a record that refers to what was split": (
        f"<urn:c> bf:agent {ONE} . {ONE} bf:splitInto {TWO} , agent:x .",
        ["split"],
    ),
    "a record that refers to what was deleted": (
        f"<urn:c> bf:agent {ONE} . {ONE} a mads:DeprecatedAuthority .",
        ["deleted"],
    ),
    "a link to what was withdrawn": (f"<urn:c> rdfs:seeAlso {ONE} . {ONE} prov:invalidatedAtTime 'x' .", ["deleted"]),
    "a link to what is no longer used": (
        "gnd:1-X skos:broadMatch ntsf:1 . ntsf:1 owl:deprecated true .",
        ["deprecated"],
    ),
    "a ring of replacements": (f"{ONE} dcterms:isReplacedBy {TWO} . {TWO} dcterms:isReplacedBy {ONE} .", ["ring"]),
}
GOOD = {
    "one thing in several registers": f"{ONE} owl:sameAs wd:Q1 ; skos:exactMatch viaf:10 , gnd:118540238 .",
    "one identifier in two forms": f"{ONE} owl:sameAs viaf:10 , <https://viaf.org/viaf/10> .",
    "near matches": f"{ONE} skos:closeMatch wd:Q1 , wd:Q2 . {TWO} skos:closeMatch wd:Q1 .",
    "one record of two things": f"{ONE} rdfs:seeAlso <http://x/r/1> . {TWO} rdfs:seeAlso <http://x/r/1> .",
    "a thing and what it replaced": f"{ONE} owl:sameAs wd:Q1 . {TWO} owl:sameAs wd:Q1 ; dcterms:isReplacedBy {ONE} .",
    "a replaced identifier": f"{ONE} skos:exactMatch gnd:118540238 . gnd:1-X dcterms:isReplacedBy gnd:118540238 .",
    "a refused pair that nothing joins": f"{ONE} owl:sameAs wd:Q2 . {NOT.format(ONE, 'wd:Q1')}",
    "what is not deprecated": "gnd:118540238 skos:exactMatch ntsf:1 . ntsf:1 owl:deprecated false .",
    "a negated mapping alone": NOT.format(ONE, "wd:Q1"),
}

AU05 = {
    ("ring", "48", ()),
    ("replaced", "41", ("42",)),
    ("replaced", "47", ("42",)),
    ("split", "43", ("44", "45")),
    ("deleted", "46", ()),
}


def _file(folder: Path, text: str) -> Path:
    file = folder / "links.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


def _conflicts(folder: Path, text: str) -> Sequence[LinkConflict]:
    with check_links(_file(folder, text)) as checked:
        return checked.conflicts


@pytest.mark.parametrize(("text", "kinds"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_conflict_is_reported_once(tmp_path: Path, text: str, kinds: list[str]) -> None:
    assert [conflict.kind for conflict in _conflicts(tmp_path, text)] == kinds


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_can_be_true_is_no_conflict(tmp_path: Path, text: str) -> None:
    assert _conflicts(tmp_path, text) == ()


def test_a_chain_names_the_two_things_and_each_link_between_them(tmp_path: Path) -> None:
    (chain,) = _conflicts(tmp_path, CONFLICTS["a chain"][0])
    assert [iri.rpartition("-")[2] for iri in chain.members] == ["90000001", "90000002"]
    assert [step.target for step in chain.evidence] == [
        "http://www.wikidata.org/entity/Q1",
        "http://www.wikidata.org/entity/Q1",
        "http://viaf.org/viaf/10",
        "http://viaf.org/viaf/10",
    ]


def test_a_chain_of_replacements_leads_to_the_last(tmp_path: Path) -> None:
    text = (
        "<urn:c> bf:agent agent:noraf-1 . agent:noraf-1 a mads:DeprecatedAuthority ; dcterms:isReplacedBy agent:noraf-2"
    )
    (conflict,) = _conflicts(tmp_path, text + " . agent:noraf-2 dcterms:isReplacedBy agent:noraf-3 .")
    assert conflict.kind == "replaced"
    assert [iri.rpartition("-")[2] for iri in conflict.successors] == ["3"]


def test_a_book_with_old_numbers_is_reported_with_what_became_of_them(tmp_path: Path) -> None:
    """Case au05: 41 and 47 lead to 42, 43 was split in two, 46 was deleted, 48 and 49 replace each other."""
    files = ("au05_deleted_replaced_split.mrc", "au05_bib_with_old_ids.mrc")
    lines = [line for file in files for each in case(file).results for line in each.lines]
    file = tmp_path / "links.nq"
    file.write_text("".join(lines), encoding="utf-8")
    with check_links(file) as checked:
        states = {
            (each.kind, each.members[0][-2:], tuple(iri[-2:] for iri in each.successors)) for each in checked.conflicts
        }
    assert states == AU05


def test_the_closure_ends_at_a_conflict(tmp_path: Path) -> None:
    good = f"{ONE} owl:sameAs wd:Q1 . gnd:118540238 owl:sameAs wd:Q1 ."
    bad = f"{TWO} owl:sameAs wd:Q2 . agent:noraf-90000003 owl:sameAs wd:Q2 ."
    with check_links(_file(tmp_path, good + bad)) as checked:
        lines = sorted(checked.closure())
    ours = "<https://d-nb.info/gnd/118540238> <http://www.w3.org/2002/07/owl#sameAs> "
    assert lines == [
        f"{ours}<http://www.wikidata.org/entity/Q1> .\n",
        f"{ours}<https://w3id.org/nbkg/id/agent/noraf-90000001> .\n",
    ]


def test_the_command_prints_conflicts_and_exits_with_1(tmp_path: Path) -> None:
    file = _file(tmp_path, CONFLICTS["two things on one identifier"][0])
    result = CliRunner().invoke(check, [str(file), "--format", "json"])
    (conflict,) = json.loads(result.output)
    assert result.exit_code == 1
    assert (conflict["kind"], conflict["at"]) == ("shared", "http://www.wikidata.org/entity/Q1")
    assert [link["predicate"] for link in conflict["links"]] == ["owl:sameAs", "owl:sameAs"]
    assert CliRunner().invoke(check, [str(file)]).output.endswith("1 conflicts (1 shared)\n")


def test_the_table_has_a_row_for_each_link(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(conflict_csv(_conflicts(tmp_path, CONFLICTS["a chain"][0])))))
    assert [(row["kind"], row["predicate"]) for row in rows] == [("chain", "owl:sameAs")] * 4


def test_the_command_exits_with_0_without_conflicts_and_writes_the_closure(tmp_path: Path) -> None:
    file, closure = _file(tmp_path, GOOD["one thing in several registers"]), tmp_path / "closure.nt"
    result = CliRunner().invoke(check, [str(file), "--closure", str(closure)])
    assert (result.exit_code, result.output) == (0, "0 conflicts\n")
    assert closure.read_text().count("skos/core#exactMatch") == 3


def test_a_place_without_links_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(check, [str(tmp_path)])
    assert "no store and no RDF file" in str(result.exception)
