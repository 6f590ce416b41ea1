"""Holdings in bibliographic records (850–868), from the definitions of MARC 21: items at library level.

https://www.loc.gov/marc/bibliographic/bd841885.html
"""

from __future__ import annotations

from tests.loader.marc.mapped import Mapped, record

INSTANCE = "id:instance/test/r1"


def test_a_library_with_a_code_has_an_item_whatever_the_number_of_copies() -> None:
    mapped = Mapped(
        [
            record(
                "852 8_ $a NO-0030100 $b NBO $h NA/A 1983 $p 15g059431 $t 1",
                "852 8_ $a NO-0030100 $c g00005 $p 15g059432 $t 2 $z Til bruk på lesesal",
            )
        ],
        "default",
    )
    assert mapped.of_class("bf:Item") == ["id:item/test/r1/no-0030100"]
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:heldBy", "bf:code") == ["NO-0030100"]
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:note", "rdfs:label") == ["Til bruk på lesesal"]
    assert {reason for _code, reason in mapped.omissions("852")} == {"item-data"}
    assert "15g0594" not in "".join(mapped.results[0].lines)


def test_an_institution_is_a_code_or_a_name() -> None:
    mapped = Mapped([record("852 __ $a Madan Puraskar Pustakalaya $e Patandhoka, Nepal")], "default")
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:heldBy", "rdfs:label") == ["Madan Puraskar Pustakalaya"]
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:heldBy", "schema:address") == ["Patandhoka, Nepal"]
    assert mapped.omissions("852") == []


def test_850_names_libraries_by_code() -> None:
    mapped = Mapped([record("850 __ $a AAP $a NO-2030000")], "default")
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:heldBy", "bf:code") == ["AAP", "NO-2030000"]
    assert mapped.omissions("850") == []


def test_what_a_library_has_is_of_the_only_library() -> None:
    mapped = Mapped([record("852 __ $a NO-0030100", "866 _0 $a v.1 (1990)- $z Komplett")], "default")
    [item] = mapped.of_class("bf:Item")
    assert mapped.path(item, "bf:enumerationAndChronology", "rdfs:label") == ["v.1 (1990)-"]
    assert mapped.path(item, "bf:note", "rdfs:label") == ["Komplett"]
    two = Mapped([record("852 __ $a NO-0030100", "852 __ $a NO-0183300", "866 _0 $a v.1-")], "default")
    assert two.omissions("866") == [("a", "no-library")]


def test_enumeration_and_chronology_have_the_captions_of_their_pattern() -> None:
    mapped = Mapped(
        [
            record(
                "852 __ $a NO-0030100",
                "853 20 $8 1 $a v. $b no. $u 4 $v r $i (year) $j (month)",
                "863 41 $8 1.1 $a 18 $b 4 $i 2007 $j 02",
                "863 41 $8 1.2 $a 19 $b 1-3 $i 2007 $z Innbundet",
            )
        ],
        "default",
    )
    [item] = mapped.of_class("bf:Item")
    assert mapped.path(item, "bf:enumerationAndChronology", "rdfs:label") == [
        "v.18:no.4 (2007:02)",
        "v.19:no.1-3 (2007)",
    ]
    assert mapped.path(item, "bf:enumerationAndChronology", "bf:note", "rdfs:label") == ["Innbundet"]
    assert mapped.path(item, "bf:note", "rdfs:label") == ["v. no. (year) (month)"]
    assert mapped.path(item, "bf:note", "bf:count") == ["4"]
    assert mapped.path(item, "bf:note", "bf:qualifier") == ["numbering restarts"]
    assert mapped.omissions("863") == mapped.omissions("853") == []


def test_a_profile_says_which_subfield_of_item_data_names_the_library() -> None:
    mapped = Mapped([record("852 8_ $b 0030100 $c g00005 $h NA/A 1983", "852 8_ $b 0030100 $t 2")], "alma")
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:heldBy", "bf:code") == ["NO-0030100"]
    assert mapped.omissions("852") == [("c", "item-data"), ("h", "item-data"), ("t", "item-data")]
    found = Mapped(
        [record("852 01 $a 47BIBSYS_UBO $6 999920170782702204 $9 P", "AVA __ $a 47BIBSYS_BI $b Nydalen")], "alma"
    )
    assert found.path(INSTANCE, "bf:hasItem", "bf:heldBy", "bf:code") == ["47BIBSYS_BI", "47BIBSYS_UBO"]


def test_a_value_that_is_no_code_of_the_form_stays_item_data() -> None:
    mapped = Mapped([record("850 __ $a NO-2030000 $b Torshov filial", "850 __ $a fbje")], "deichman")
    assert mapped.path(INSTANCE, "bf:hasItem", "bf:heldBy", "bf:code") == ["NO-2030000"]
    assert mapped.omissions("850") == [("b", "item-data"), ("a", "item-data")]
