"""The codes of 008 and the leader, each by its definition in MARC 21: what a work is, how a serial comes out."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, record

LOC = "http://id.loc.gov/vocabulary/"
SERIAL = "00000nas a2200000 i 4500"


def _mapped(position: int, codes: str, leader: str = "00000nam a2200000 i 4500") -> Mapped:
    coded = "240101s2024    no ".ljust(35) + "nob d"
    coded = coded[:position] + codes + coded[position + len(codes) :]
    return Mapped([record(f"008 {coded}", "245 00 $a Fjord", leader=leader)])


def _terms(mapped: Mapped, name: str) -> list[str]:
    [work] = mapped.objects("id:instance/test/r1", "bf:instanceOf")
    values = [*mapped.objects(work, name), *mapped.objects("id:instance/test/r1", name)]
    return [value.removeprefix(LOC) for value in values]


@pytest.mark.parametrize(
    ("position", "codes", "genres"),
    [
        (33, "0", []),
        (33, "1", ["marcgt/fic"]),
        (33, "d", ["marcgt/dra"]),
        (33, "f", ["marcgt/nov"]),
        (33, "j", ["marcgt/sho"]),
        (33, "p", ["marcgt/poe"]),
        (33, "m", []),
        (33, "u", []),
        (34, "a", ["marcgt/aut"]),
        (34, "b", ["marcgt/bio"]),
        (34, "c", ["marcgt/bio"]),
        (34, "d", []),
        (24, "de y", ["marcgt/dic", "marcgt/enc", "marcgt/yea"]),
        (24, "6   ", ["marcgt/cgn"]),
        (29, "11", ["marcgt/cpb", "marcgt/fes"]),
    ],
)
def test_codes_of_a_book_are_its_genres(position: int, codes: str, genres: list[str]) -> None:
    """Literary form (33), biography (34), nature of contents (24–27), conference and festschrift (29, 30)."""
    assert _terms(_mapped(position, codes), "bf:genreForm") == genres


def test_what_stands_beside_the_content_is_a_supplement() -> None:
    supplements = _terms(_mapped(24, "bkq "), "bf:supplementaryContent")
    assert supplements == ["msupplcont/bibliography", "msupplcont/discography", "msupplcont/film"]
    assert _terms(_mapped(31, "1"), "bf:supplementaryContent") == ["msupplcont/index"]


def test_codes_of_illustrations_are_on_the_edition() -> None:
    """008/18–21: a illustrations, b maps, c portraits, o photographs; `|` is not coded."""
    assert _terms(_mapped(18, "abco"), "bf:illustrativeContent") == [
        "millus/ill", "millus/map", "millus/pht", "millus/por",
    ]  # fmt: skip
    assert _terms(_mapped(18, "||||"), "bf:illustrativeContent") == []


@pytest.mark.parametrize(("code", "frequency"), [("q", ["frequencies/qrt"]), ("m", ["frequencies/mon"]), ("u", [])])
def test_a_serial_has_its_frequency_and_no_illustrations(code: str, frequency: list[str]) -> None:
    """008/18 of continuing resources: q quarterly, m monthly, u unknown; of a book it says another thing."""
    mapped = _mapped(18, code, SERIAL)
    assert _terms(mapped, "bf:frequency") == frequency
    assert _terms(mapped, "bf:illustrativeContent") == []


@pytest.mark.parametrize(
    ("form", "rules"), [("a", ["aacr"]), ("i", ["isbd"]), ("c", ["isbd"]), (" ", []), ("n", []), ("u", [])]
)
def test_the_form_of_description_is_a_convention(form: str, rules: list[str]) -> None:
    """Leader/18: a AACR 2, c and i ISBD, n and blank not ISBD, u unknown."""
    mapped = _mapped(18, "    ", f"00000nam a2200000 {form} 4500")
    names = mapped.objects("id:record/test/r1", "bf:descriptionConventions")
    assert [name.removeprefix(f"{LOC}descriptionConventions/") for name in names] == rules


@pytest.mark.parametrize(
    ("leader", "codes", "names"),
    [
        ("00000njm a2200000 i 4500", "ab", ["msupplcont/bibliography", "msupplcont/discography"]),
        ("00000ncm a2200000 i 4500", "da", ["msupplcont/discography"]),
        ("00000ncm a2200000 i 4500", "hik", []),
        ("00000ngm a2200000 i 4500", "ab", []),
    ],
    ids=["a recording", "a score", "codes without a term", "a film has other codes there"],
)
def test_what_accompanies_music(leader: str, codes: str, names: list[str]) -> None:
    assert _terms(_mapped(24, codes, leader), "bf:supplementaryContent") == names
