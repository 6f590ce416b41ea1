"""Files of decisions as sources of a build: read together, and never with a row left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from loader.build.kinds import KINDS
from loader.decisions.decision_kind import DecisionFiles
from loader.sources.project import ProjectData, read_project
from loader.sources.source import Source
from nbkg.errors import DataError

HEAD = "kind\tanswer\trule\tthing\tother\tdecision\tdecided_by\tdecided_on\n"


@pytest.fixture(scope="module")
def bare() -> ProjectData:
    return read_project()


def _kind(folder: Path, project: ProjectData, *texts: str) -> DecisionFiles:
    sources = []
    for number, text in enumerate(texts, 1):
        file = folder / f"{number}.tsv"
        file.write_text(HEAD + text, encoding="utf-8")
        iri = URIRef(f"https://w3id.org/nbkg/id/source/s{number}")
        sources.append(Source(iri, f"s{number}", "decisions", "file", str(file)))
    return DecisionFiles(sources, project)


def test_it_is_in_the_table_of_kinds() -> None:
    assert KINDS["decisions"]() is DecisionFiles


def test_what_a_person_answers_in_one_file_holds_for_the_rule_of_another(tmp_path: Path, bare: ProjectData) -> None:
    refused = "join\t\t\ty\tx\tno\tKari\t2026-11-30\n"
    joined = "join\tjoined\tisbn\tx\ty\t\t\t\njoin\tjoined\tisbn\tv\tw\t\t\t\n"
    kind = _kind(tmp_path, bare, refused, joined)
    (stream,) = kind.graphs()
    records = [*stream.records]
    assert (stream.name, len(records), kind.summary()) == ("match-decisions", 2, "2 decisions")
    answers = sorted(str(one.object) for each in records for one in each if str(one.predicate).endswith("#answer>"))
    assert [one.rpartition("/")[2] for one in answers] == ["joined>", "refused>", "refused>"]
    assert kind.warnings() == ()


def test_a_row_that_is_no_decision_ends_the_build(tmp_path: Path, bare: ProjectData) -> None:
    kind = _kind(tmp_path, bare, "join\tjoined\t\tx\ty\t\t\t\n", "join\t\t\tx\ty\tno\t\t\n")
    with pytest.raises(DataError, match=r"2\.tsv:2: nobody is named who decided"):
        [*kind.graphs()]
