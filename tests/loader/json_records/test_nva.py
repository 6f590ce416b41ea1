"""Publications of Norsk vitenarkiv: the cases of the trade, their siblings, and the real documents."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.loader.json_records.conftest import CASES, MapJson, MappedJson

SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[4] / "shared"))
A = "00000000-0000-0000-0000-0000000000a"
ORCID = "https://orcid.org/0000-0002-1825-0097"


@pytest.fixture
def case(map_json: MapJson) -> MappedJson:
    return map_json("nva", CASES / "nv01_status_and_doi.json")


def _publication(**members: Any) -> dict[str, Any]:
    description = {
        "mainTitle": "Skarven",
        "reference": {"publicationInstance": {"type": "AcademicMonograph"}},
        **members.pop("description", {}),
    }
    return {
        "type": "Publication",
        "identifier": "p1",
        "status": "PUBLISHED",
        "entityDescription": description,
    } | members


def test_what_is_published_is_there_and_drafts_are_not(case: MappedJson) -> None:
    live = {row[0][-2:] for row in case.rows("?a bf:instanceOf []")}
    assert live == {"a1", "a5", "a6", "a7"}
    assert case.rows(f"<id/instance/x/{A}2> ?b ?c") == set()
    assert "Utkast" not in {str(quad.object) for quad in case.store}


def test_what_was_withdrawn_leaves_a_tombstone_and_a_duplicate_leads_on(case: MappedJson) -> None:
    assert case.rows("?a owl:deprecated true") == {(f"id/instance/x/{A}3",), (f"id/instance/x/{A}4",)}
    assert case.rows("?a dcterms:isReplacedBy ?b") == {(f"id/instance/x/{A}4", f"id/instance/x/{A}1")}
    reasons = case.rows(f"<id/instance/x/{A}3> skos:changeNote ?a BIND(LANG(?a) AS ?b)")
    assert {language for _, language in reasons} == {"nb", "nn", "en"}


def test_one_doi_in_two_dresses_is_one_work_and_a_candidate_that_is_told(case: MappedJson) -> None:
    works = case.rows(f"VALUES ?b {{ <id/instance/x/{A}1> <id/instance/x/{A}5> }} ?b bf:instanceOf ?a")
    assert (len(works), len({row[0] for row in works})) == (2, 1)
    assert (
        f"record {A}5: it has the doi 10.99999/abc.1 of record {A}1: they may be one edition (rule: same doi)"
        in case.warnings
    )


def test_a_category_that_is_not_described_is_kept_as_a_general_work_and_told(case: MappedJson) -> None:
    classes = {row[0] for row in case.rows(f"<id/instance/x/{A}7> bf:instanceOf/rdf:type ?a")}
    assert "http://id.loc.gov/ontologies/bibframe/Work" in classes
    assert "http://id.loc.gov/ontologies/bibframe/Text" not in classes
    assert f"record {A}7: “MusicPerformance2” cannot be read as category; it was read as “Other”" in case.warnings


def test_an_issn_is_the_journals_and_not_the_articles(case: MappedJson) -> None:
    assert case.rows("?b bf:identifiedBy [ a bf:Issn ; rdf:value ?a ]") == {("9999-4003", "id/instance/x/channel-x")}
    assert case.rows("?a bf:partOf ?b") == {(f"id/instance/x/{A}6", "id/instance/x/channel-x")}


def test_nothing_else_is_odd_about_the_case(case: MappedJson) -> None:
    assert len(case.warnings) == 2
    assert case.summary == "6 records in JSON from 1 source"


DOIS = {
    "https://doi.org/10.99999/ABC.1": "10.99999/abc.1",
    "HTTP://DX.DOI.ORG/10.99999/Abc.1": "10.99999/abc.1",
    "doi:10.99999/abc.1": "10.99999/abc.1",
    " 10.99999/ABC.1 ": "10.99999/abc.1",
    "https://doi.org/10.1002/(SICI)1097-4571(1999)50:1<1::AID>3.0": "10.1002/(sici)1097-4571(1999)50:1<1::aid>3.0",
}


@pytest.mark.parametrize("written", DOIS)
def test_a_doi_has_one_form(map_json: MapJson, written: str) -> None:
    mapped = map_json("nva", _publication(doi=written))
    assert {row[0] for row in mapped.rows("[] a bf:Doi ; rdf:value ?a")} == {DOIS[written]}
    assert len(mapped.rows("[] a bf:Doi ; owl:sameAs ?a")) == 1


def test_a_doi_of_a_book_does_not_make_its_chapter_the_same_work(map_json: MapJson) -> None:
    chapter = _publication(identifier="p2", doi="10.9/x", description={"mainTitle": "Innleiing"})
    mapped = map_json("nva", [_publication(doi="10.9/X"), chapter])
    assert len(mapped.rows("?b bf:instanceOf ?a")) == 2
    assert len({row[0] for row in mapped.rows("[] bf:instanceOf ?a")}) == 2


def test_what_is_no_doi_is_told_and_left_out(map_json: MapJson) -> None:
    mapped = map_json("nva", _publication(doi="https://www.example.org/50b59caf"))
    assert mapped.rows("?a a bf:Doi") == set()
    assert mapped.warnings == ["record p1: “https://www.example.org/50b59caf” cannot be read as doi; it was left out"]


@pytest.mark.parametrize("status", ["NEW", "DRAFT_FOR_DELETION", "SECRET", "published", None])
def test_only_a_status_that_says_so_publishes(map_json: MapJson, status: str | None) -> None:
    assert len(map_json("nva", _publication(status=status)).store) == 0


def test_a_record_that_is_a_duplicate_of_itself_leads_nowhere(map_json: MapJson) -> None:
    mapped = map_json("nva", _publication(status="DELETED", duplicateOf="https://api.test/publication/p1"))
    assert mapped.rows("?a dcterms:isReplacedBy ?b") == set()
    assert mapped.rows("?a owl:deprecated true") == {("id/instance/x/p1",)}


def test_a_tombstone_has_the_time_of_its_record(map_json: MapJson) -> None:
    mapped = map_json("nva", _publication(status="UNPUBLISHED", modifiedDate="2015-11-25T06:34:30.991Z"))
    assert mapped.rows("?b prov:invalidatedAtTime ?a") == {("2015-11-25T06:34:30Z", "id/instance/x/p1")}


def _contributor(name: str, sequence: int, **members: Any) -> dict[str, Any]:
    identity = {"name": name, "nameType": "Personal"} | members.pop("identity", {})
    return {"identity": identity, "sequence": sequence, "role": {"type": "Creator"}} | members


def test_contributors_have_their_order_their_orcid_and_where_they_were(map_json: MapJson) -> None:
    organisation = {"id": "https://api.test/cristin/organization/194.14.62.0", "labels": {"nb": "Seksjonen"}}
    mapped = map_json(
        "nva",
        _publication(
            description={
                "contributors": [
                    _contributor("Lund, Inger", 2, role={"type": "ResearchGroup"}),
                    _contributor("Vik, Tor", 1, identity={"orcId": ORCID}, affiliations=[organisation]),
                ]
            }
        ),
    )
    agents = mapped.rows("?c a bf:Contribution ; schema:position ?b ; bf:agent/rdfs:label ?a")
    assert {(name, position) for name, position, *_ in agents} == {("Lund, Inger", "2"), ("Vik, Tor", "1")}
    assert mapped.rows("?a owl:sameAs ?b . ?a a bf:Person") == {("id/agent/orcid-0000-0002-1825-0097", ORCID)}
    assert {row[0] for row in mapped.rows("?b nbkg:affiliation ?a")} == {"id/organisation/cristin/194.14.62.0"}
    assert {row[0] for row in mapped.rows("[] bf:role ?a")} == {
        "http://id.loc.gov/vocabulary/relators/aut", "id/concept/nva-role/ResearchGroup",
    }  # fmt: skip


def test_a_name_alone_never_makes_two_persons_one(map_json: MapJson) -> None:
    records = [
        _publication(identifier=key, description={"contributors": [_contributor("Vik, Tor", 1)]}) for key in "ab"
    ]
    assert len({row[0] for row in map_json("nva", records).rows("[] bf:agent ?a")}) == 2


def test_a_number_of_nva_makes_them_one(map_json: MapJson) -> None:
    person = {"id": "https://api.test/cristin/person/42"}
    contributors = {"contributors": [_contributor("Vik, Tor", 1, identity=person)]}
    records = [_publication(identifier=key, description=contributors) for key in "ab"]
    assert {row[0] for row in map_json("nva", records).rows("[] bf:agent ?a")} == {"id/agent/x/person-42"}


DATES = {
    ("2021", "3", "5"): "2021-03-05",
    ("2021", "03", None): "2021-03",
    ("2021", "2", "31"): "2021-02",
    ("2021", "13", None): "2021",
    ("z8dY", "1", "1"): None,
}


@pytest.mark.parametrize("parts", DATES)
def test_a_date_is_as_exact_as_it_can_be(map_json: MapJson, parts: tuple[str, str, str | None]) -> None:
    date = dict(zip(("year", "month", "day"), parts, strict=True))
    mapped = map_json("nva", _publication(description={"publicationDate": date}))
    assert {row[0] for row in mapped.rows("[] bf:date ?a")} == ({DATES[parts]} if DATES[parts] else set())


def test_a_category_says_whether_legal_deposit_takes_it(map_json: MapJson) -> None:
    lecture = {"reference": {"publicationInstance": {"type": "Lecture"}}}
    mapped = map_json("nva", [_publication(), _publication(identifier="p2", description=lecture)])
    assert {row[:2] for row in mapped.rows("?b nbkg:takenByLegalDeposit ?a")} == {
        ("true", "id/concept/nva-category/AcademicMonograph"), ("false", "id/concept/nva-category/Lecture"),
    }  # fmt: skip


@pytest.mark.skipif(not (SHARED / "data" / "nva_json").is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("name", ["AcademicMonograph", "DegreePhd", "Map", "ReportResearch"])
def test_real_documents_of_nva_are_mapped_whole(map_json: MapJson, name: str) -> None:
    """Their values are random, so that each odd one must be told and none may break the record."""
    content = json.loads((SHARED / "data" / "nva_json" / f"documentation__{name}.json").read_text(encoding="utf-8"))
    mapped = map_json("nva", content | {"status": "PUBLISHED"})
    names = {row[0] for row in mapped.rows("[] bf:agent/rdfs:label ?a")}
    assert names == {each["identity"]["name"] for each in content["entityDescription"]["contributors"]}
    assert {row[0] for row in mapped.rows("[] bf:genreForm ?a")} == {f"id/concept/nva-category/{name}"}
    assert any("cannot be read as orcid" in warning for warning in mapped.warnings)
    assert mapped.rows("[] bf:date ?a") == set()
