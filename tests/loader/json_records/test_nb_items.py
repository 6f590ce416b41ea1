"""Items of the National Library's catalogue: digital instances of what the catalogue describes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.loader.json_records.conftest import CASES, MapJson, MappedJson

FIRST, SECOND, ISSUE, EMPTY = (f"id/instance/x/{number:032}" for number in range(1, 5))
RECORD = "id/instance/nasjonalbiblioteket/990000000000002202"


@pytest.fixture
def case(map_json: MapJson) -> MappedJson:
    return map_json("nb-items", CASES / "nb01_items.json")


def _item(**metadata: Any) -> dict[str, Any]:
    return {"id": "i1", "metadata": {"title": "Havet", "mediaTypes": ["bøker"], **metadata}}


def test_digitisations_are_instances_of_the_record_and_no_new_works(case: MappedJson) -> None:
    assert case.rows("?a bf:reproductionOf ?b") == {(FIRST, RECORD), (SECOND, RECORD)}
    assert case.rows("?a a bf:Work") == set()


def test_the_record_says_who_made_it_and_the_item_makes_no_persons(case: MappedJson) -> None:
    assert {row[0] for row in case.rows("[] bf:agent/rdfs:label ?a")} == {"Gammelforlag"}


def test_dates_are_as_certain_as_they_are_written(case: MappedJson) -> None:
    dates = case.rows("?b bf:provisionActivity/bf:date ?a")
    assert dates == {("1879", FIRST), ("1879-12-31?", SECOND), ("1901-03-07", ISSUE)}
    assert case.rows("?a bf:provisionActivity/nbkg:inferred bf:date") == {(FIRST,)}


def test_an_issue_is_part_of_its_serial_which_has_its_title_without_the_date(case: MappedJson) -> None:
    assert case.rows("?a bf:partOf ?b . ?b bf:title/bf:mainTitle ?c") == {
        (ISSUE, "id/instance/x/serial-kysttidende", "Kysttidende")
    }


def test_access_is_kept_and_nothing_is_said_of_copies_and_loans(case: MappedJson) -> None:
    access = {(row[0].rpartition("/")[2], row[1]) for row in case.rows("?b dcterms:accessRights ?a")}
    assert access == {("PUBLIC", FIRST), ("NON_PUBLIC", SECOND), ("RESTRICTED", ISSUE)}
    assert {row[0] for row in case.rows("[] a bf:AccessPolicy ; rdfs:label ?a")} == {"ALL", "NONE", "RESTRICTED"}
    assert case.rows("?a a bf:Item") == set()


def test_an_empty_item_is_a_bare_record_and_told(case: MappedJson) -> None:
    assert case.rows(f"<{EMPTY}> bf:adminMetadata ?a") == {(f"id/record/x/{4:032}",)}
    assert case.rows(f"<{EMPTY}> bf:title ?a") == set()
    assert case.warnings == [f"record {4:032}: the title is missing"]


def test_a_urn_becomes_the_address_of_the_resolver(case: MappedJson) -> None:
    urn = "https://urn.nb.no/URN:NBN:no-nb_digibok_0000000000022"
    assert case.rows(f"<{FIRST}> bf:electronicLocator ?a") == {(urn,)}


def test_the_forms_of_one_name_are_one_person_where_no_record_says_so(map_json: MapJson) -> None:
    mapped = map_json(
        "nb-items", {"items": [], **_item(creators=["Lie, Jon", "Jon Lie", "Lie, Jon, 1840-1920", "Vik, Tor"])}
    )
    agents = mapped.rows("[] bf:agent ?a")
    assert len({row[0] for row in agents}) == 2
    assert len(mapped.rows("?a a bf:Work")) == 1


DATES = {
    "1879": "1879", "[1879]": "1879", "[1879?]": "1879?", "18790101": "1879-01-01?", "18790605": "1879-06-05",
    "1879-06-05": "1879-06-05", "18790231": None, "20209999": None, "u.å.": None,
}  # fmt: skip


@pytest.mark.parametrize("issued", DATES)
def test_siblings_of_glued_dates(map_json: MapJson, issued: str) -> None:
    mapped = map_json("nb-items", _item(originInfo={"issued": issued}))
    assert {row[0] for row in mapped.rows("[] bf:date ?a")} == ({DATES[issued]} if DATES[issued] else set())


NEWSPAPERS = {
    "Kysttidende 1901.12.31": (
        "URN:NBN:no-nb_digavis_kysttidende_null_null_19011231_1_1_1",
        "kysttidende",
        "Kysttidende",
    ),
    "Kysttidende 31.12.1901": ("", "kysttidende", "Kysttidende"),
    "Folkets blad 1901-12-31": ("", "folkets-blad", "Folkets blad"),
}


@pytest.mark.parametrize("title", NEWSPAPERS)
def test_a_newspaper_of_the_last_day_of_a_year_is_of_that_day(map_json: MapJson, title: str) -> None:
    urn, key, serial = NEWSPAPERS[title]
    identifiers = {"urn": urn} if urn else {}
    item = _item(title=title, mediaTypes=["aviser"], identifiers=identifiers, originInfo={"issued": "19011231"})
    mapped = map_json("nb-items", item)
    assert {row[0] for row in mapped.rows("[] bf:date ?a")} == {"1901-12-31"}
    assert {row[:2] for row in mapped.rows("[] bf:partOf ?a . ?a rdfs:label ?b")} == {
        (f"id/instance/x/serial-{key}", serial)
    }


def test_a_book_with_a_date_in_its_title_is_no_issue(map_json: MapJson) -> None:
    assert map_json("nb-items", _item(title="Dagbok 1901.03.07")).rows("?a bf:partOf ?b") == set()


def test_the_manifest_is_linked_without_the_template(map_json: MapJson) -> None:
    address = "https://api.nb.no/catalog/v3/iiif/eb7d1d9c4b553001549d32573658c844/manifest"
    item = _item() | {"_links": {"presentation": {"href": f"{address}{{?fields,profile}}"}}}
    assert map_json("nb-items", item).rows("?b dcterms:isReferencedBy ?a") == {(address, "id/instance/x/i1")}


def test_an_oai_id_of_another_catalogue_makes_no_link(map_json: MapJson) -> None:
    mapped = map_json("nb-items", _item(identifiers={"oaiId": "oai:digitalt.test:991"}))
    assert mapped.rows("?a bf:reproductionOf ?b") == set()
    assert len(mapped.rows("?a a bf:Work")) == 1
