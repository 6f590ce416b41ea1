"""Vocabularies of others as they come: what is mended, what is reported, and that two forms of one say the same."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from loader.namespaces import BASE, SKOS
from loader.sources.project import ProjectData
from loader.sources.source import Source
from loader.validate import ValidationReport
from loader.validate.batches import batch_validator
from loader.vocabularies.skos_kind import Vocabularies
from nbkg.errors import RdfFileError
from tests.source_tree import ROOT

SHARED = Path(os.environ.get("NBKG_SHARED", ROOT / ".." / "shared")) / "data"
HEAD = """
@prefix : <http://example.org/v/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:a a skos:Concept ; skos:prefLabel "Tang"@nb ; skos:related :b . :b a skos:Concept ; skos:prefLabel "Tare"@nb .
"""


def _read(file: Path, project: ProjectData) -> tuple[list[ox.Triple], Sequence[str]]:
    kind = Vocabularies([Source(URIRef(f"{BASE}id/source/v"), "v", "skos", "file", str(file))], project)
    triples = [triple for stream in kind.graphs() for record in stream.records for triple in record]
    return triples, kind.warnings()


def _read_text(folder: Path, project: ProjectData, text: str, name: str = "v.ttl") -> tuple[set[str], Sequence[str]]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    triples, warnings = _read(file, project)
    return {f"{_short(each.subject)} {_short(each.predicate)} {_short(each.object)}" for each in triples}, warnings


def _short(term: object) -> str:
    if isinstance(term, ox.Literal):
        return f"{term.value}@{term.language}" if term.language else term.value
    assert isinstance(term, ox.NamedNode)
    return term.value.rpartition("/")[2].rpartition("#")[2]


MENDED = {
    "a second preferred label": (
        ':a skos:prefLabel "Alger"@nb .',
        {"a prefLabel Alger@nb", "a altLabel Tang@nb"},
        "second",
    ),
    "an alternative label that is preferred": (':a skos:altLabel "Tang"@nb .', {"a prefLabel Tang@nb"}, "another role"),
    "a placeholder": (':a skos:note "**"@nb , " "@nn .', {"a prefLabel Tang@nb"}, "without a word"),
    "owl:sameAs": (":a owl:sameAs <http://x.org/w/9> .", {"a exactMatch 9"}, "became skos:exactMatch"),
    "a concept broader than itself": (":a skos:broader :a .", {"a related b"}, "relation to itself"),
    "related and broader": (":a skos:broader :b .", {"a broader b"}, "broader or narrower one too"),
    "a blank node": (":a skos:note [ ] .", {"a related b"}, "blank node"),
}


@pytest.mark.parametrize(("text", "statements", "warning"), MENDED.values(), ids=MENDED)
def test_what_skos_forbids_is_mended_and_reported(
    tmp_path: Path, project: ProjectData, text: str, statements: set[str], warning: str
) -> None:
    found, warnings = _read_text(tmp_path, project, HEAD + text)
    assert statements <= found
    assert len(warnings) == 1
    assert warning in warnings[0]
    assert "<http://example.org/v/a>" in warnings[0]


REPORTED = {
    "a cycle": (":a skos:broader :c . :c skos:broader :d . :d skos:broader :a .", "is broader than itself"),
    "no preferred label": (":c a skos:Concept ; skos:related :a .", "has no preferred label"),
    "a concept that is not there": (":a skos:broader :x .", "is referred to and not there"),
    "a concept without relations": (':c a skos:Concept ; skos:prefLabel "Sol"@nb .', "no relation to any other"),
    "a mapping within the vocabulary": (":a skos:exactMatch :b .", "mapped to a concept of its own"),
}


@pytest.mark.parametrize(("text", "warning"), REPORTED.values(), ids=REPORTED)
def test_what_is_wrong_between_concepts_is_reported_and_kept(
    tmp_path: Path, project: ProjectData, text: str, warning: str
) -> None:
    found, warnings = _read_text(tmp_path, project, HEAD + text)
    assert any(warning in each for each in warnings)
    assert {"a prefLabel Tang@nb", "b prefLabel Tare@nb"} <= found


def test_a_sound_vocabulary_has_no_warnings_and_keeps_retired_concepts(tmp_path: Path, project: ProjectData) -> None:
    text = ':c a skos:Concept ; skos:prefLabel "Taang"@nb ; owl:deprecated true ; dcterms:isReplacedBy :a .'
    found, warnings = _read_text(tmp_path, project, HEAD + text)
    assert {"c deprecated true", "c isReplacedBy a"} <= found
    assert warnings == []


MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nz  a2200000n  4500</leader>
<controlfield tag="001">1</controlfield><controlfield tag="003">NoOU</controlfield>
<datafield tag="024" ind1="7" ind2=" "><subfield code="a">http://example.org/v/a</subfield>
<subfield code="2">uri</subfield></datafield>
<datafield tag="040" ind1=" " ind2=" "><subfield code="b">nob</subfield></datafield>
<datafield tag="150" ind1=" " ind2=" "><subfield code="a">Tang</subfield><subfield code="x">Bruk</subfield></datafield>
<datafield tag="450" ind1=" " ind2=" "><subfield code="a">Alger</subfield></datafield>
<datafield tag="550" ind1=" " ind2=" "><subfield code="w">g</subfield><subfield code="0">(NoOU)2</subfield></datafield>
</record><record><leader>00000nz  a2200000n  4500</leader><controlfield tag="001">2</controlfield>
<controlfield tag="003">NoOU</controlfield><datafield tag="024" ind1="7" ind2=" ">
<subfield code="a">http://example.org/v/b</subfield><subfield code="2">uri</subfield></datafield>
<datafield tag="150" ind1=" " ind2=" "><subfield code="a">Planter</subfield></datafield></record></collection>"""


def test_authority_records_become_concepts(tmp_path: Path, project: ProjectData) -> None:
    found, warnings = _read_text(tmp_path, project, MARC, "v.marc.xml")
    assert {"a prefLabel Tang : Bruk@nb", "a altLabel Alger@nb", "a broader b", "b prefLabel Planter"} <= found
    assert warnings == []


def test_a_vocabulary_passes_the_shapes(tmp_path: Path, project: ProjectData) -> None:
    file = tmp_path / "v.ttl"
    file.write_text(HEAD, encoding="utf-8")
    reports: list[ValidationReport] = []
    validator = batch_validator(project.shapes, project.ontology + project.curated, reports.append)
    triples, _ = _read(file, project)
    assert list(validator.check([triples])) == [triples]
    assert all(report.conforms for report in reports)


def test_a_file_that_does_not_parse_is_named_with_its_line(tmp_path: Path, project: ProjectData) -> None:
    with pytest.raises(RdfFileError, match=r"v\.ttl:3: does not parse"):
        _read_text(tmp_path, project, "\n\n:a a")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared data (NBKG_SHARED)")
def test_the_two_forms_of_a_vocabulary_say_the_same(project: ProjectData) -> None:
    """Human Rights Terms: its MARC file is older, and its addresses have a digit less, so labels are compared."""
    names = ("dist__mrtermer.ttl", "mrtermer.marc21.xml")
    forms = [_read(SHARED / "no_vocab_mrtermer" / name, project)[0] for name in names]
    assert _differences(forms, "prefLabel") == (
        {
            "doctoral thesis nchr",
            "east asia",
            "knuts testterm",
            "menneskerettigheter",
            "menneskerettsteorier",
            "myanmar",
            "r2p",
        },
        {"human rights", "human rights theories"},
    )
    assert _differences(forms, "altLabel") == ({"human rights", "human rights theories", "knuts exercise"}, {"r2p"})


def _differences(forms: Sequence[Sequence[ox.Triple]], name: str) -> tuple[set[str], set[str]]:
    one, other = (_labels(form, name) for form in forms)
    assert len(one & other) > 200
    return one - other, other - one


def _labels(triples: Sequence[ox.Triple], name: str) -> set[str]:
    label = str(SKOS[name])
    return {
        _short(triple.object).removesuffix("@en").casefold() for triple in triples if triple.predicate.value == label
    }
