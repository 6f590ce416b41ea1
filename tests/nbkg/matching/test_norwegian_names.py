"""Names as Norwegian and other catalogues write them find each other; others with a similar name do not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from nbkg.matching import Candidate, Entity, MatchQuery
from nbkg.matching.matcher import Matcher
from nbkg.matching.years import Years, split_years

NAMES = (
    "Hamsun, Knut, 1859-1952",
    "Linden, Pieter van der",
    "Undset, Sigrid",
    "Moe, Jørgen, 1813-1882",
    "Mo, Anders",
    "Haakon VII, konge av Norge, 1872-1957",
    "Haakon VI, konge av Norge, 1340-1380",
    "Olsen, Ole, d.e.",
    "Olsen, Ole, d.y.",
    "King, Martin Luther, Jr., 1929-1968",
    "Sigurðardóttir, Steinunn, 1950-",
    "TSaplin, I\ufe20a\ufe21zyk",
    "Ångström, Anders Jonas",
    "Bjørnson, Bjørnstjerne, 1832-1910",
    "Bull, Olaf",
    "Bull, Ole",
    "Asbjørnsen, P. Chr.",
    "Rachmaninov, S. V. (Sergej Vasiljevitsj), 1873-1943",
    "Nasjonalbiblioteket",
    "Norges teknisk-naturvitenskapelige universitet",
    "En folkefiende",
    "Den fjerde nattevakt: roman",
    "Et dukkehjem : skuespil i tre akter",
    "1984",
    "Pindar, ca. 518-438 f.Kr.",
    "Lie, Anders, 1800-tallet",
    "Aas, Ole, d. ca. 1480",
    "Müller, Jürgen",
    "毛, 泽东",
    "Толстой, Лев",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(Entity(f"urn:{number}", (name,)) for number, name in enumerate(NAMES))


def _match(matcher: Matcher, text: str) -> str | None:
    return next((one.name for one in matcher.match(MatchQuery(text)) if one.is_match), None)


def _candidates(matcher: Matcher, text: str) -> Sequence[Candidate]:
    return matcher.match(MatchQuery(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Knut Hamsun", "Hamsun, Knut, 1859-1952"),
        ("HAMSUN, KNUT, 1859-1952.", "Hamsun, Knut, 1859-1952"),
        ("Hamsun, K., 1859-1952", "Hamsun, Knut, 1859-1952"),
        ("Hamsum, Knut, f. 1859", "Hamsun, Knut, 1859-1952"),
        ("Van der Linden, Pieter", "Linden, Pieter van der"),
        ("Pieter van der Linden", "Linden, Pieter van der"),
        ("Moe, Joergen", "Moe, Jørgen, 1813-1882"),
        ("Moe, J\u00f6rgen", "Moe, Jørgen, 1813-1882"),
        ("Haakon VII, 1872-1957", "Haakon VII, konge av Norge, 1872-1957"),
        ("Haakon VII, konge av Norge", "Haakon VII, konge av Norge, 1872-1957"),
        ("Olsen, Ole, d. e.", "Olsen, Ole, d.e."),
        ("Olsen, Ole, d.y", "Olsen, Ole, d.y."),
        ("Martin Luther King jr (1929-1968)", "King, Martin Luther, Jr., 1929-1968"),
        ("Steinunn Sigurdardottir", "Sigurðardóttir, Steinunn, 1950-"),
        ("TSaplin, I\u0361azyk", "TSaplin, I\ufe20a\ufe21zyk"),
        ("Tsaplin, Iazyk", "TSaplin, I\ufe20a\ufe21zyk"),
        ("A\u030angstro\u0308m, Anders Jonas", "Ångström, Anders Jonas"),
        ("Aangstroem, Anders Jonas", "Ångström, Anders Jonas"),
        ("Bjørnson, Bjørnstjærne", "Bjørnson, Bjørnstjerne, 1832-1910"),
        ("Bull, Olaf", "Bull, Olaf"),
        ("P. Chr. Asbjørnsen", "Asbjørnsen, P. Chr."),
        ("Rachmaninov, Sergej Vasiljevitsj", "Rachmaninov, S. V. (Sergej Vasiljevitsj), 1873-1943"),
        ("S. V. Rachmaninov", "Rachmaninov, S. V. (Sergej Vasiljevitsj), 1873-1943"),
        ("Norges teknisk- naturvitenskapelige universitet", "Norges teknisk-naturvitenskapelige universitet"),
        ("Folkefiende", "En folkefiende"),
        ("Fjerde nattevakt : roman", "Den fjerde nattevakt: roman"),
        ("1984", "1984"),
        ("Pindar", "Pindar, ca. 518-438 f.Kr."),
        ("Müller, Jürgen", "Müller, Jürgen"),
        ("Mueller, Juergen", "Müller, Jürgen"),
        ("毛, 泽东", "毛, 泽东"),
        ("Лев Толстой", "Толстой, Лев"),
    ],
)
def test_a_name_is_matched(matcher: Matcher, text: str, name: str) -> None:
    assert _match(matcher, text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Hamsun, Marie",
        "Hamsun, K.",
        "Hamsun, Knut, 1901-",
        "Knut, Hamsun",
        "Mo, Jørgen",
        "Moe, Anders",
        "Haakon V",
        "Olsen, Ole",
        "Bull, O.",
        "Bull, Olav",
        "King, Martin Luther, Sr.",
        "Unset, Sigrun",
        "Pindar, 1901-1950",
    ],
)
def test_another_name_is_not_matched(matcher: Matcher, text: str) -> None:
    assert _match(matcher, text) is None


def test_a_definite_form_and_a_main_title_are_proposals(matcher: Matcher) -> None:
    for text, name in (
        ("Nasjonalbibliotek", "Nasjonalbiblioteket"),
        ("Dukkehjem", NAMES[22]),
        ("Haakon VII", NAMES[5]),
        ("Hamsun", NAMES[0]),
    ):
        assert name in [one.name for one in _candidates(matcher, text)], text


@pytest.mark.parametrize(
    ("text", "name", "years"),
    [
        ("Hamsun, Knut, 1859-1952", "Hamsun, Knut", (1859, 1952)),
        ("Pindar, ca. 518-438 f.Kr.", "Pindar", (-517, -437)),
        ("Aas, Ole, d. ca. 1480", "Aas, Ole", (None, 1480)),
        ("Moe, Nils, f. 1944", "Moe, Nils", (1944, None)),
        ("Knut Hamsun (1859-1952)", "Knut Hamsun", (1859, 1952)),
        ("Lie, Anders, 1800-tallet", "Lie, Anders", (None, None)),
        ("Smith, John, active 1500-1520", "Smith, John", (None, None)),
        ("Smith, John, 1590-1665?", "Smith, John", (1590, 1665)),
        ("1984", "1984", (None, None)),
        ("Konferansen (3. : 2001 : Bodø)", "Konferansen (3. : 2001 : Bodø)", (None, None)),
        ("Budsjett 2001-2002", "Budsjett", (2001, 2002)),
    ],
)
def test_years_are_read_at_the_end_of_a_heading(text: str, name: str, years: tuple[int | None, int | None]) -> None:
    assert split_years(text) == (name, Years(*years))
