"""What a record is where its leader does not say it."""

from __future__ import annotations

import pytest

from nbkg.records.record import MarcField, MarcRecord
from tests.loader.marc.mapped import Mapped, record

UNIMARC = [
    MarcField("001", data="IT1"),
    MarcField("100", "  ", (("a", "19961119d1996    ||||0itac50      ba"),)),
    MarcField("200", "1 ", (("a", "L'altra faccia"), ("f", "Isaac Asimov"))),
    MarcField("801", " 3", (("a", "IT"),)),
]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        (["245", "100"], "bibliographic"),
        (["650"], "bibliographic"),
        (["100", "400"], "unknown"),
        (["852", "866"], "unknown"),
        ([], "unknown"),
    ],
)
def test_fields_say_what_a_record_without_leader_is_where_that_is_certain(tags: list[str], kind: str) -> None:
    fields = [MarcField(tag, "  ", (("a", "x"),)) for tag in tags]
    assert MarcRecord("", fields).kind == kind
    assert MarcRecord("00000nz  a2200000n  4500", fields).kind == "authority"


def test_a_field_in_another_script_counts_as_the_field_that_it_stands_for() -> None:
    assert MarcRecord("", [MarcField("880", "  ", (("6", "245-00"), ("a", "x")))]).kind == "bibliographic"


@pytest.mark.parametrize("leader", ["02498nam0 22007213i 4500", "02498nam0 22007213i 450 ", "02498nam  22007213i 450 "])
def test_a_record_in_unimarc_is_known_and_becomes_nothing(leader: str) -> None:
    unimarc = MarcRecord(leader, UNIMARC)
    assert unimarc.kind == "unimarc"
    mapped = Mapped([unimarc])
    assert mapped.results[0].triples == []
    assert {reason for tag in ("001", "100", "200", "801") for _code, reason in mapped.omissions(tag)} == {
        "other-format"
    }


def test_a_damaged_leader_alone_makes_no_record_unimarc() -> None:
    assert record("245 00 $a Bok", "801 __ $a x", leader="00000nam02200000 i 4500").kind == "bibliographic"


def test_a_record_without_leader_is_of_no_class_that_the_leader_would_say() -> None:
    mapped = Mapped([record("245 00 $a Bok", leader="")])
    assert mapped.objects("id:work/test/r1", "a") == ["bf:Work", "http://rdaregistry.info/Elements/c/C10006"]
