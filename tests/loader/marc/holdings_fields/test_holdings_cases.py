"""Holdings records: one item for each library and instance, and nothing about copies."""

from __future__ import annotations

from nbkg.records.record import MarcRecord
from tests.loader.marc.mapped import Mapped, record

LEADER = "00000ny  a2200000n  4500"
ITEM = "id:item/test/r1/no-0030100"


def _holdings(*fields: str, number: str = "h1") -> MarcRecord:
    return record(f"001 {number}", *fields, leader=LEADER)


def test_two_copies_in_one_library_are_one_item_of_the_instance() -> None:
    first = _holdings("004 r1", "852 8_ $b 0030100 $c g00005 $h NA/A 1983 $p 15g059431 $t 1 $z Til bruk på lesesal")
    second = _holdings("004 r1", "852 8_ $a NO-0030100 $t 2", "866 30 $a 2007- $x ubit", number="h2")
    book = record("245 00 $a Tang")
    mapped = Mapped([book, first, second])
    assert mapped.of_class("bf:Item") == [ITEM]
    assert mapped.objects(ITEM, "bf:itemOf") == mapped.of_class("bf:Instance") == ["id:instance/test/r1"]
    assert mapped.objects(ITEM, "bf:heldBy") == ["id:agent/code-no-0030100"]
    assert mapped.path(ITEM, "bf:enumerationAndChronology", "rdfs:label") == ["2007-"]
    assert mapped.path(ITEM, "bf:note", "rdfs:label") == ["Til bruk på lesesal"]
    assert {reason for code, reason in mapped.omissions("852") if code in "chpt"} == {"item-data"}
    assert ("x", "private") in mapped.omissions("866")
    lines = "".join(line for result in mapped.results for line in result.lines)
    assert "15g059431" not in lines


def test_a_library_or_instance_that_is_not_certain_gives_no_item() -> None:
    mapped = Mapped([_holdings("004 r1", "852 8_ $b HRSRH"), _holdings("852 8_ $a NO-0183300", number="h2")])
    assert mapped.of_class("bf:Item") == []
    assert mapped.omissions("852") == [("b", "no-library"), ("a", "no-instance")]


def test_access_is_of_the_item_and_item_records_stay_where_they_are() -> None:
    mapped = Mapped([_holdings("004 r1", "852 8_ $a NO-0030100", "856 40 $u https://example.org/1", "876 __ $p 15g1")])
    assert mapped.objects(ITEM, "bf:electronicLocator") == ["https://example.org/1"]
    assert mapped.omissions("876") == [("p", "item-data")]


def test_a_profile_says_where_the_number_of_the_bibliographic_record_stands() -> None:
    holdings = _holdings("001 44368", "852 __ $b DESMARAIS $c DESM-PER", "866 _0 $a 2000/2001 -", number="r1")
    mapped = Mapped([record("245 00 $a Tang"), holdings], "laurentian")
    [item] = mapped.of_class("bf:Item")
    assert mapped.objects(item, "bf:itemOf") == ["id:instance/test/r1"]
    assert mapped.path(item, "bf:heldBy", "bf:code") == ["DESMARAIS"]
    assert mapped.path(item, "bf:enumerationAndChronology", "rdfs:label") == ["2000/2001 -"]
    assert "id:record/test/holdings-44368" in mapped.of_class("bf:AdminMetadata")
