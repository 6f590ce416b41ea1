"""Fields whose bytes were rotated, and headings that were mixed: what of them names the agents of other records."""

from __future__ import annotations

import pytest

from loader.marc.field_trace import trace_record
from nbkg.records.field_oddities import iter_field_oddities
from nbkg.records.record import MarcField, MarcRecord
from tests.loader.marc.mapped import Mapped, record

WHOLE = MarcField("700", "12", (("a", "Hansen, Kari"), ("d", "1931-"), ("t", "Fjord"), ("0", "(NO-TrBIB)90060612")))
CUT = (("a", "Olsen, Per"), ("d", "1950-"), ("t", "Vidde"), ("0", "(NO-TrBIB)900606"))
ISO = MarcField("700", "3\x1e", (("2", ""), *CUT))
XML = MarcField("700", "3 ", (("2", ""), *CUT))
CODE = MarcField("700", "12", (*CUT[:3], ("\ufffd", "m"), CUT[3]))
EMPTY_CODE = MarcField("700", "12", (*CUT[:3], ("", "&#xbf;m"), CUT[3]))


def _record(*fields: MarcField) -> MarcRecord:
    plain = record("245 00 $a Fortellinger")
    oddities = [oddity for field in fields for oddity in iter_field_oddities(field, None)]
    return MarcRecord(plain.leader, [*plain.fields, *fields], oddities)


@pytest.mark.parametrize("field", [ISO, XML, CODE, EMPTY_CODE], ids=["ISO 2709", "XML", "code", "no code"])
def test_a_number_without_its_end_names_nobody(field: MarcField) -> None:
    mapped = Mapped([_record(field)])
    assert ("0", "cut-off") in mapped.omissions("700")
    [person] = mapped.of_class("bf:Person")
    assert person.startswith("id:agent/test/")
    assert mapped.objects(person, "rdfs:label") == ["Olsen, Per, 1950-"]
    assert mapped.of_class("bf:Family") == []


def test_a_code_without_its_end_is_no_role() -> None:
    field = MarcField("700", "6\x1e", ((" ", ""), ("a", "Olsen, Per"), ("0", "(NO-TrBIB)90092705"), ("4", "e")))
    mapped = Mapped([_record(field)])
    assert mapped.of_class("bf:Person") == ["id:agent/noraf-90092705"]
    assert ("4", "cut-off") in mapped.omissions("700")


@pytest.mark.parametrize(
    "field",
    [
        WHOLE,
        MarcField("700", "1", WHOLE.subfields),
        MarcField("700", "##", WHOLE.subfields),
        MarcField("700", "1 ", (*WHOLE.subfields[:1], ("q", ""), *WHOLE.subfields[1:])),
        MarcField("700", "1 ", (("q", ""), *WHOLE.subfields)),
    ],
    ids=["whole", "one indicator", "signs for blanks", "an empty subfield", "an empty first subfield"],
)
def test_other_odd_fields_keep_their_number(field: MarcField) -> None:
    mapped = Mapped([_record(field)])
    assert mapped.of_class("bf:Person") == ["id:agent/noraf-90060612"]


def test_the_trace_of_a_shifted_field_is_at_its_place() -> None:
    marc = _record(WHOLE, ISO)
    places = [trace.position for trace in trace_record("test", "alma", marc)]
    assert places == [-1, *range(len(marc.fields)), -1]


@pytest.mark.parametrize(
    ("heading", "label", "doubts"),
    [
        ("1_ $a Hansen, Kari $d 1939- $b 4 $c konge av Egypt $e red. $0 (NO-TrBIB)90058926", "Hansen, Kari, 1939-", 1),
        ("0_ $a Amenhotep $b IV $c konge av Egypt $0 (NO-TrBIB)90058926", "Amenhotep IV, konge av Egypt", 0),
        ("1_ $a Charles $b VI, $c roi de France $0 (NO-TrBIB)90058926", "Charles VI, roi de France", 0),
        ("1_ $a Hansen, Kari $b 4", "Hansen, Kari 4", 0),
    ],
    ids=["surname", "forename", "forename with the wrong indicator", "without a number"],
)
def test_a_numeration_behind_a_surname_is_not_in_the_shared_label(heading: str, label: str, doubts: int) -> None:
    mapped = Mapped([record("245 00 $a Fjord", f"700 {heading}")])
    [person] = mapped.of_class("bf:Person")
    assert mapped.objects(person, "rdfs:label") == [label]
    assert mapped.doubts().count(("700", "numeration-of-surname")) == doubts
