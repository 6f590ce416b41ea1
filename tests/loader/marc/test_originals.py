"""A translation whose original is named by a variant title (246 $i Originaltittel), as Norwegian libraries do."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, record

ORIGINAL = "The adventures of Tom Sawyer"
AUTHOR = "100 1_ $a Twain, Mark $d 1835-1910 $0 (NO-TrBIB)90056487"


def _hubs(mapped: Mapped, *keys: str) -> list[str]:
    return [hub for key in keys for hub in mapped.path(f"id:instance/test/{key}", "bf:instanceOf", "bf:expressionOf")]


@pytest.mark.parametrize(
    "words", ["Originaltittel", "Originaltittel:", "Originaltitel", "Orig.tittel:", "Original title :"]
)
def test_translations_have_the_hub_of_their_original(words: str) -> None:
    variant = f"246 1_ $a {ORIGINAL} $i {words}"
    mapped = Mapped(
        [
            record("001 a", AUTHOR, f"245 14 $a {ORIGINAL}", "008 240101s1999    us            000 0 eng  "),
            record("001 b", AUTHOR, "245 10 $a Tom Sawyer", variant, "041 1_ $h eng"),
            record("001 c", AUTHOR, "245 10 $a Gutestrekar", variant, "008 240101s2001    no            000 0 nno  "),
        ]
    )
    hubs = _hubs(mapped, "a", "b", "c")
    assert len(hubs) == 3
    assert len(set(hubs)) == 1
    assert mapped.objects(hubs[0], "rdfs:label") == [ORIGINAL]
    assert mapped.path(hubs[0], "bf:title", "bf:mainTitle") == [ORIGINAL]
    works = [mapped.objects(f"id:instance/test/{key}", "bf:instanceOf") for key in "abc"]
    assert len({work for [work] in works}) == 3
    assert mapped.objects(works[2][0], "rdfs:label") == ["Gutestrekar"]
    assert ORIGINAL in mapped.path("id:instance/test/b", "bf:title", "bf:mainTitle")


def test_titles_of_several_originals_are_those_of_several_works() -> None:
    variants = [f"246 1_ $a {title} $i Originaltittel" for title in ("Rip Van Winkle", "The prince and the pauper")]
    mapped = Mapped([record(AUTHOR, "245 10 $a To fortellinger", *variants)])
    [hub] = _hubs(mapped, "r1")
    assert mapped.objects(hub, "rdfs:label") == ["To fortellinger"]


def test_a_uniform_title_says_more_than_a_variant() -> None:
    variant = "246 1_ $a Adventures of Tom Sawyer $i Originaltittel"
    mapped = Mapped([record(AUTHOR, f"240 14 $a {ORIGINAL}. $l Norsk", "245 10 $a Tom Sawyer", variant)])
    [hub] = _hubs(mapped, "r1")
    assert mapped.objects(hub, "rdfs:label") == [ORIGINAL]


def test_without_an_author_the_original_is_only_a_variant() -> None:
    mapped = Mapped([record("245 10 $a Eventyr", "246 1_ $a Märchen $i Originaltittel")])
    [hub] = _hubs(mapped, "r1")
    assert mapped.objects(hub, "rdfs:label") == ["Eventyr"]
