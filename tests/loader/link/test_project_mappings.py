"""The mappings of a project as a whole: which links they give, and which they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.link.project_mappings import ProjectMappings, read_project_mappings
from nbkg.errors import DataError

HEAD = """#curie_map:
#  nbkg: https://w3id.org/nbkg/id/
#  wd: http://www.wikidata.org/entity/
subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tsee_also
"""
GOOD = "nbkg:organisation/a\towl:sameAs\t\twd:Q1\tsemapv:ManualMappingCuration\thttp://example.org/a\n"
NOT = GOOD.replace("\t\t", "\tNot\t")


def _read(folder: Path, *texts: str) -> ProjectMappings:
    files = [folder / f"{number}.sssom.tsv" for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(HEAD + text, encoding="utf-8")
    return read_project_mappings(files)


def _links(mappings: ProjectMappings) -> list[str]:
    statements = [triple for record in mappings.records() for triple in record]
    return [str(each) for each in statements if str(each.predicate).endswith("owl#sameAs>")]


def test_a_mapping_gives_a_link_and_an_identifier_with_its_source(tmp_path: Path) -> None:
    mappings = _read(tmp_path, GOOD)
    assert len(_links(mappings)) == 1
    identifiers = " ".join(map(str, mappings.identifiers()))
    assert all(word in identifiers for word in ("id/identifier/organisation/a/wikidata", '"Q1"', "example.org/a"))


@pytest.mark.parametrize("texts", [(GOOD, NOT), (NOT, GOOD), (GOOD + NOT,)], ids=["before", "after", "in one file"])
def test_a_refused_pair_gives_no_link_in_any_file(tmp_path: Path, texts: tuple[str, ...]) -> None:
    mappings = _read(tmp_path, *texts)
    assert _links(mappings) == []
    assert [mapping.negated for _, _, each in mappings.sets for mapping in each].count(True) == 1


def test_links_that_cannot_all_be_true_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"2 things are linked to one identifier.*Q1.*organisation/a and .*organisation/b"
    ):
        _read(tmp_path, GOOD, GOOD.replace("organisation/a", "organisation/b"))


def test_all_faults_of_all_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"(?s)0\.sssom\.tsv:5: .*1\.sssom\.tsv:5: "):
        _read(tmp_path, GOOD.replace("wd:", "x:"), GOOD.replace("wd:", "y:"))


@pytest.mark.parametrize(("subject", "target"), [("nbkg:concept/theme/a", "wd:Q1"), ("wd:Q1", "nbkg:concept/theme/a")])
def test_a_concept_is_not_the_same_as_anything(tmp_path: Path, subject: str, target: str) -> None:
    text = f"{subject}\towl:sameAs\t\t{target}\tsemapv:ManualMappingCuration\t\n"
    with pytest.raises(DataError, match=r"0\.sssom\.tsv:5: .*concept/theme/a is a concept.*skos:exactMatch"):
        _read(tmp_path, text)
    assert len(_read(tmp_path, text.replace("owl:sameAs", "skos:exactMatch")).sets) == 1
