"""Authority records whose names and numbers lead astray: the cases au01, au02, au05 and au06."""

from __future__ import annotations

from tests.loader.marc.mapped import case


def test_au01_an_undifferentiated_name_is_a_name_without_links_and_no_person() -> None:
    mapped = case("au01_undifferentiated_name.mrc", "noraf")
    name = "id:agent/noraf-99901001"
    assert mapped.of_class("bf:Person") == ["id:agent/noraf-99901002"]
    assert mapped.objects(name, "a") == ["madsrdf:PersonalName"]
    assert mapped.objects(name, "skos:prefLabel") == ["Hansen, Per"]
    assert mapped.objects(name, "owl:sameAs") == []
    assert mapped.number("bf:Isni", name) == {"0000000099910012": []}
    assert mapped.doubts().count(("008", "undifferentiated")) == 1
    assert ("024", "undifferentiated") in mapped.doubts()
    assert mapped.path(name, "madsrdf:hasSource", "madsrdf:citationSource") == [
        "Forfatter av: Dikt om vind",
        "Forfatter av: Motorlære",
    ]


def test_au02_homonyms_are_as_many_agents_and_years_are_edtf() -> None:
    mapped = case("au02_homonyms_and_life_years.mrc", "noraf")
    assert len(mapped.of_class("bf:Person")) == 9
    spans = {node[-2:]: mapped.objects(node, "bf:date") for node in mapped.of_class("bf:Person")}
    assert spans == {
        "11": ["1921/1999"],
        "12": ["1921/.."],
        "13": ["1964/.."],
        "14": [],
        "15": [],
        "16": ["-0517~/-0437"],
        "17": ["18XX"],
        "18": ["/1480~"],
        "19": ["1944/.."],
    }
    births = {node[-2:]: mapped.objects(node, "schema:birthDate") for node in mapped.of_class("bf:Person")}
    assert births["16"] == ["-0517~"]
    assert births["17"] == births["18"] == []
    assert mapped.objects("id:agent/noraf-99901018", "schema:deathDate") == ["1480~"]


def test_au05_replaced_split_and_deleted_headings() -> None:
    mapped = case("au05_deleted_replaced_split.mrc", "noraf")
    replaced = {
        key: mapped.objects(f"id:agent/noraf-999010{key}", "dcterms:isReplacedBy") for key in ("41", "47", "48", "49")
    }
    assert replaced == {
        "41": ["id:agent/noraf-99901042"],
        "47": ["id:agent/noraf-99901041"],
        "48": ["id:agent/noraf-99901049"],
        "49": ["id:agent/noraf-99901048"],
    }
    split = "id:agent/noraf-99901043"
    assert mapped.objects(split, "bf:splitInto") == ["id:agent/noraf-99901044", "id:agent/noraf-99901045"]
    assert mapped.objects(split, "dcterms:isReplacedBy") == []
    gone = [f"id:agent/noraf-999010{key}" for key in ("41", "43", "46", "47", "48", "49")]
    assert mapped.of_class("madsrdf:DeprecatedAuthority") == gone
    assert len(mapped.of_class("bf:Person")) == 3
    assert mapped.objects(gone[2], "madsrdf:deprecatedLabel") == ["Feil, Helt"]
    assert mapped.objects("id:record/test/99901046", "bf:status") == ["mstatus:d"]
    assert mapped.path("id:record/test/99901041", "bf:status", "bf:code") == ["x"]
    assert mapped.number("bf:Local", "id:record/test/99901042")["99901041"] == ["mstatus:cancinv"]


def test_au06_each_written_form_of_an_identifier_is_one_form() -> None:
    mapped = case("au06_identifier_forms.mrc", "noraf")
    agents = {f"{key}": f"id:agent/noraf-999010{key}" for key in range(60, 80)}
    things = {key: mapped.objects(node, "owl:sameAs") for key, node in agents.items()}
    records = {key: mapped.objects(node, "madsrdf:isIdentifiedByAuthority") for key, node in agents.items()}
    isni = ["https://isni.org/isni/0000000099920018"]
    assert things["60"] == things["61"] == things["62"] == things["63"] == isni
    assert things["64"] == ["https://isni.org/isni/000000009993003X"]
    assert things["65"] == []
    assert mapped.number("bf:Isni", agents["65"]) == {"0000000099920019": ["mstatus:cancinv"]}
    assert records["66"] == records["67"] == ["http://viaf.org/viaf/99900099"]
    assert things["68"] == things["69"] == ["http://www.wikidata.org/entity/Q99999999"]
    assert records["70"] == records["71"] == ["https://hdl.handle.net/11250/9990001"]
    assert mapped.number("bf:Hdl", agents["70"]) == mapped.number("bf:Hdl", agents["71"]) == {"11250/9990001": []}
    assert things["72"] == ["https://orcid.org/0000-0001-2345-6789"]
    assert records["73"] == ["https://id.bs.no/bibbi/9990001"]
    assert records["74"] == ["https://d-nb.info/gnd/99900003X"]
    assert mapped.number("bf:Identifier", agents["75"]) == {"99901060": []}
    assert things["76"] == records["76"] == things["77"] == records["77"] == things["79"] == records["79"] == []
    assert mapped.number("bf:Identifier", agents["79"]) == {"Q11111111": ["mstatus:cancinv"]}
    assert mapped.doubts() == [("024", "invalid-number"), ("024", "no-source")]
    assert ("a", "empty") in mapped.omissions("024")
