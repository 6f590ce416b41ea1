"""Contents, summaries, audiences, theses, captures and policies (5XX), from the definitions of MARC 21.

https://www.loc.gov/marc/bibliographic/bd5xx.html
"""

from __future__ import annotations

import pytest

from loader.marc.values.compact_dates import read_compact_date, read_formatted, read_period
from tests.loader.marc.mapped import Mapped, record

INSTANCE = "id:instance/test/r1"


def _of_work(mapped: Mapped, *path: str) -> list[str]:
    return mapped.path(INSTANCE, "bf:instanceOf", *path)


def test_502_a_thesis_as_one_text_and_in_parts() -> None:
    whole = Mapped([record("502 __ $a Avhandling (doktorgrad) - Universitetet i Oslo, 2001")])
    assert _of_work(whole, "bf:dissertation", "rdfs:label") == ["Avhandling (doktorgrad) - Universitetet i Oslo, 2001"]
    parts = Mapped([record("502 __ $b Ph.D. $c Universitetet i Bergen $d 2012. $g Innlevert 2011 $o nr. 77")])
    assert _of_work(parts, "bf:dissertation", "bf:degree") == ["Ph.D."]
    assert _of_work(parts, "bf:dissertation", "bf:grantingInstitution", "rdfs:label") == ["Universitetet i Bergen"]
    assert _of_work(parts, "bf:dissertation", "bf:date") == ["2012"]
    assert _of_work(parts, "bf:dissertation", "bf:note", "rdfs:label") == ["Innlevert 2011"]
    assert _of_work(parts, "bf:dissertation", "bf:identifiedBy", "rdf:value") == ["nr. 77"]


def test_505_contents_are_one_text_and_their_titles_are_parts_of_the_work() -> None:
    mapped = Mapped([record("505 20 $g 1. $t Havet / $r Jon Lie -- $t Fjella / $r Eva Vik.")])
    assert _of_work(mapped, "bf:tableOfContents", "rdfs:label") == ["1. Havet / Jon Lie -- Fjella / Eva Vik."]
    assert _of_work(mapped, "bf:tableOfContents", "bf:status") == ["mstatus:part"]
    assert _of_work(mapped, "bf:hasPart", "bf:title", "bf:mainTitle") == ["Fjella", "Havet"]
    assert _of_work(Mapped([record("505 0_ $a Havet -- Fjella")]), "bf:hasPart") == []


def test_518_a_capture_as_one_text_and_in_parts() -> None:
    mapped = Mapped([record("518 __ $3 spor 1 $o Innspilt $d 2001-02-03 $p Rainbow studio, Oslo")])
    assert _of_work(mapped, "bf:capture", "bf:date") == ["2001-02-03"]
    assert _of_work(mapped, "bf:capture", "bf:place", "rdfs:label") == ["Rainbow studio, Oslo"]
    assert _of_work(mapped, "bf:capture", "bf:note", "rdfs:label") == ["Innspilt"]
    assert _of_work(mapped, "bf:capture", "bf:part") == ["spor 1"]
    assert _of_work(Mapped([record("518 __ $a Innspilt 1998")]), "bf:capture", "rdfs:label") == ["Innspilt 1998"]


@pytest.mark.parametrize(
    ("indicator", "relation"), [("_", "summary"), ("1", "review"), ("2", "summary"), ("3", "summary"), ("4", "note")]
)
def test_520_by_its_first_indicator(indicator: str, relation: str) -> None:
    mapped = Mapped([record(f"520 {indicator}_ $a Om havet. $c (Forlaget) $u https://example.test/s")])
    assert _of_work(mapped, f"bf:{relation}", "rdfs:label") == ["Om havet."]
    assert _of_work(mapped, f"bf:{relation}", "bf:source", "rdfs:label") == ["Forlaget"]
    assert _of_work(mapped, f"bf:{relation}", "bf:electronicLocator") == ["https://example.test/s"]


def test_521_audiences_with_the_kind_of_level() -> None:
    mapped = Mapped([record("521 1_ $a 9-12 år $b Medietilsynet")])
    [node] = [node for node in _of_work(mapped, "bf:intendedAudience") if mapped.objects(node, "rdfs:label")]
    assert mapped.objects(node, "rdfs:label") == ["9-12 år"]
    assert mapped.objects(node, "bf:qualifier") == ["interest age level"]
    assert mapped.path(node, "bf:source", "rdfs:label") == ["Medietilsynet"]


def test_546_languages_in_words_and_scripts() -> None:
    mapped = Mapped([record("546 __ $a Tekst på samisk og norsk ; $b (Kyrillisk).")])
    assert _of_work(mapped, "bf:note", "rdfs:label") == ["Tekst på samisk og norsk"]
    assert _of_work(mapped, "bf:notation", "rdfs:label") == ["Kyrillisk"]


def test_506_and_540_are_policies_of_access_and_of_use() -> None:
    mapped = Mapped(
        [
            record(
                "506 1_ $a Bare på lesesal $f Restricted access $2 star $g 20300101",
                "540 __ $a CC BY 4.0 $u https://creativecommons.org/licenses/by/4.0/",
            )
        ]
    )
    [access] = mapped.of_class("bf:AccessPolicy")
    assert mapped.objects(access, "rdfs:label") == ["Bare på lesesal"]
    assert mapped.objects(access, "bf:qualifier") == ["Restricted access"]
    assert mapped.path(access, "bf:source", "bf:code") == ["star"]
    assert mapped.objects(access, "bf:date") == ["2030-01-01"]
    [use] = mapped.of_class("bf:UsePolicy")
    assert mapped.objects(use, "bf:electronicLocator") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_541_shows_names_and_prices_only_where_the_field_says_that_it_is_public() -> None:
    shown = Mapped([record("541 1_ $c Gave $a Eva Lie $e 1998:12")])
    assert shown.path(INSTANCE, "bf:immediateAcquisition", "rdfs:label") == ["Gave Eva Lie 1998:12"]
    assert shown.path(INSTANCE, "bf:immediateAcquisition", "bf:identifiedBy", "rdf:value") == ["1998:12"]
    private = Mapped([record("541 0_ $c Gave $a Eva Lie")])
    assert private.omissions("541") == [("c", "private"), ("a", "private")]
    unsaid = Mapped([record("541 __ $c Gave $a Eva Lie $h 500 kr")])
    assert unsaid.path(INSTANCE, "bf:immediateAcquisition", "rdfs:label") == ["Gave"]
    assert unsaid.omissions("541") == [("a", "privacy-unknown"), ("h", "privacy-unknown")]
    assert not any(line.value for result in (*private.results, *unsaid.results) for line in result.omissions)


def test_583_an_action_on_the_copies_of_a_library() -> None:
    mapped = Mapped([record("583 1_ $a Konservert $c 20020723 $k Eva Lie $l ferdig $x internt $5 NO-0183300")])
    [item] = mapped.of_class("bf:Item")
    [note] = mapped.objects(item, "bf:note")
    assert mapped.objects(note, "bf:date") == ["2002-07-23"]
    assert mapped.path(note, "bf:agent", "rdfs:label") == ["Eva Lie"]
    assert mapped.path(note, "bf:status", "rdfs:label") == ["ferdig"]
    assert mapped.omissions("583") == [("x", "private")]


@pytest.mark.parametrize(
    ("code", "date"),
    [("19900508", "1990-05-08"), ("1977----", "1977"), ("197703--", "1977-03"), ("200506131200+0100", "2005-06-13"),
     ("920209", "")],
)  # fmt: skip
def test_dates_in_figures(code: str, date: str) -> None:
    assert read_compact_date(code) == date


@pytest.mark.parametrize(
    ("code", "period"),
    [("x9x9", "199X"), ("x-x-", "19XX"), ("v0w1", "1700/1819"), ("w1", "181X"), ("d7d7", "-0298/-0199"),
     ("d9d9", "-0098/0000"), ("x9w1", ""), ("?", "")],
)  # fmt: skip
def test_codes_of_periods(code: str, period: str) -> None:
    assert read_period(code) == period


@pytest.mark.parametrize(("code", "date"), [("d1972", "1972"), ("c0221", "-0220"), ("d19720512", "1972-05-12")])
def test_formatted_periods(code: str, date: str) -> None:
    assert read_formatted(code) == date


def test_a_part_that_contents_and_an_entry_name_is_one_thing() -> None:
    mapped = Mapped(
        [
            record(
                "100 1_ $a Fonn, Gudrun",
                "245 10 $a Noveller",
                "505 00 $t Regn $r Gudrun Fonn -- $t Vind -- $t Snø.",
                "700 12 $a Fonn, Gudrun $t Regn",
                "740 02 $a Vind",
            )
        ]
    )
    [work] = mapped.objects("id:instance/test/r1", "bf:instanceOf")
    assert sorted(mapped.path(work, "bf:hasPart", "rdfs:label")) == ["Regn", "Snø", "Vind"]
    assert len(mapped.objects(work, "bf:hasPart")) == 3
