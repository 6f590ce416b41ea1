"""Content, media and carrier of records without 336–338, by the definitions of leader, 007 and 008."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, record

LOC = "http://id.loc.gov/vocabulary/"
BOOK = "00000nam a2200000 i 4500"


def _coded(positions: dict[int, str]) -> str:
    coded = "240101s2024    no ".ljust(35) + "nob d"
    for position, codes in positions.items():
        coded = coded[:position] + codes + coded[position + len(codes) :]
    return f"008 {coded}"


def _types(leader: str, positions: dict[int, str], *fields: str) -> tuple[list[str], list[str]]:
    """Return the codes of content, media and carrier, and which of them were inferred."""
    titles = [] if any(field.startswith("245") for field in fields) else ["245 00 $a Fjord"]
    mapped = Mapped([record(_coded(positions), *titles, *fields, leader=leader)])
    [work] = mapped.objects("id:instance/test/r1", "bf:instanceOf")
    nodes = [
        *mapped.objects(work, "bf:content"),
        *mapped.objects("id:instance/test/r1", "bf:media"),
        *mapped.objects("id:instance/test/r1", "bf:carrier"),
    ]
    inferred = mapped.objects("id:record/test/r1", "https://w3id.org/nbkg/ns#inferred")
    return [node.rpartition("/")[2] for node in nodes], [name.removeprefix("bf:") for name in inferred]


ALL = ["carrier", "content", "media"]


@pytest.mark.parametrize(
    ("leader", "positions", "fields", "types"),
    [
        (BOOK, {}, ["300 __ $a 234 s. : $b ill."], ["txt", "n", "nc"]),
        (BOOK, {}, ["300 __ $a xii, 310 p. ; $c 22 cm"], ["txt", "n", "nc"]),
        (BOOK, {}, ["300 __ $a 1 folder"], ["txt", "n"]),
        (BOOK, {}, [], ["txt", "n"]),
        (BOOK, {23: "d"}, ["300 __ $a 2 bind"], ["txt", "n", "nc"]),
        (BOOK, {23: "f"}, ["300 __ $a 2 b. (punktskrift)"], ["tct", "n", "nc"]),
        (BOOK, {23: "o"}, ["300 __ $a 1 online resource (234 s.)"], ["txt", "c", "cr"]),
        (BOOK, {23: "s"}, ["300 __ $a 1 CD-ROM"], ["txt", "c"]),
        (BOOK, {23: "a"}, ["300 __ $a 1 mikrofilm"], ["txt", "h"]),
        (BOOK, {23: "b"}, ["300 __ $a 3 mikrokort"], ["txt", "h", "he"]),
        (BOOK, {23: "|"}, ["300 __ $a 234 s."], ["txt"]),
        ("00000ncm a2200000 i 4500", {}, ["300 __ $a 1 partitur (12 s.)"], ["ntm", "n", "nc"]),
        ("00000njm a2200000 i 4500", {}, ["300 __ $a 1 CD (62 min.)"], ["prm", "s", "sd"]),
        ("00000njm a2200000 i 4500", {}, ["300 __ $a 2 CD-er, 1 kassett"], ["prm", "s"]),
        ("00000njm a2200000 i 4500", {23: "o"}, ["300 __ $a 1 strømmet album"], ["prm", "c", "cr"]),
        ("00000nim a2200000 i 4500", {30: "f"}, ["300 __ $a 8 CD-er (9 t 12 min)"], ["spw", "s", "sd"]),
        ("00000nim a2200000 i 4500", {30: "s"}, [], ["snd", "s"]),
        ("00000nim a2200000 i 4500", {}, [], ["s"]),
        ("00000ngm a2200000 i 4500", {33: "v"}, ["300 __ $a 1 DVD-video (97 min)"], ["tdi", "v", "vd"]),
        ("00000ngm a2200000 i 4500", {33: "m"}, ["300 __ $a 2 filmruller"], ["tdi", "g"]),
        ("00000ngm a2200000 i 4500", {33: "s"}, ["300 __ $a 40 lysbilder"], ["sti", "g"]),
        ("00000ngm a2200000 i 4500", {29: "o", 33: "v"}, [], ["tdi", "c", "cr"]),
        ("00000ngm a2200000 i 4500", {}, [], []),
        ("00000nem a2200000 i 4500", {25: "a"}, ["300 __ $a 1 kart"], ["cri", "n"]),
        ("00000nem a2200000 i 4500", {25: "d"}, ["300 __ $a 1 globus"], ["crf", "n"]),
        ("00000nem a2200000 i 4500", {25: "e"}, ["300 __ $a 1 atlas (64 s.)"], ["cri", "n", "nc"]),
        ("00000nem a2200000 i 4500", {}, [], ["n"]),
        ("00000nrm a2200000 i 4500", {}, ["300 __ $a 1 spill"], ["tdf", "n"]),
        ("00000nmm a2200000 i 4500", {26: "b"}, [], ["cop", "c"]),
        ("00000nmm a2200000 i 4500", {26: "g"}, [], ["c"]),
        ("00000nom a2200000 i 4500", {}, [], []),
    ],
)
def test_types_follow_from_the_codes(
    leader: str, positions: dict[int, str], fields: list[str], types: list[str]
) -> None:
    codes, inferred = _types(leader, positions, *fields)
    assert codes == types
    assert len(inferred) == len(types)


def test_the_description_says_what_was_inferred() -> None:
    assert _types(BOOK, {}, "300 __ $a 234 s.")[1] == ALL


@pytest.mark.parametrize(
    ("fields", "types", "inferred"),
    [
        (["336 __ $a tekst $b txt $2 rdacontent"], ["txt", "n", "nc"], ["carrier", "media"]),
        (["337 __ $a uformidlet $b n $2 rdamedia"], ["txt", "n"], ["content"]),
        (["338 __ $a bind $b nc $2 rdacarrier"], ["txt", "nc"], ["content"]),
        (["007 cr|||||||||||"], ["txt", "c", "cr"], ["content"]),
        (["245 00 $a Fjord $h [elektronisk ressurs]"], ["txt"], ["content"]),
        (["533 __ $a Mikrofilm. $b Oslo $d 1998"], ["txt"], ["content"]),
        (["856 40 $u https://forlag.example/1"], ["txt"], ["content"]),
        (["856 4_ $u https://forlag.example/1"], ["txt"], ["content"]),
        (["856 41 $u https://forlag.example/1"], ["txt", "n", "nc"], ALL),
        (["856 42 $u https://forlag.example/1"], ["txt", "n", "nc"], ALL),
    ],
    ids=[
        "336",
        "337",
        "338",
        "007",
        "a form in 245",
        "a reproduction",
        "online",
        "perhaps online",
        "version",
        "related",
    ],
)
def test_what_fields_say_is_not_inferred(fields: list[str], types: list[str], inferred: list[str]) -> None:
    """Nor is what they make uncertain: a form in words, a reproduction whose codes may stand in 008, an address."""
    assert _types(BOOK, {}, "300 __ $a 234 s.", *fields) == (types, inferred)
