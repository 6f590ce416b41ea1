"""Fields that few records have (031, 243–263, 310–377, 881), from the definitions of MARC 21.

https://www.loc.gov/marc/bibliographic/
"""

from __future__ import annotations

import pytest

from loader.marc.fields.rule_table import is_local
from tests.loader.marc.mapped import Mapped, record

INSTANCE = "id:instance/test/r1"
WORK = [INSTANCE, "bf:instanceOf"]


def test_tags_with_a_nine_are_local_but_for_490() -> None:
    """See 3.12 of https://www.loc.gov/marc/96principl.html."""
    assert [
        tag for tag in ("019", "049", "090", "490", "500", "591", "689", "859", "901", "CAT") if not is_local(tag)
    ] == [
        "490",
        "500",
    ]


@pytest.mark.parametrize(
    ("field", "path", "values"),
    [
        ("334 __ $a single unit $2 rdami", ["bf:issuance", "rdfs:label"], ["single unit"]),
        ("334 __ $a single unit $2 rdami", ["bf:issuance", "bf:source", "bf:code"], ["rdami"]),
        ("334 __ $a single unit $b 1001", ["bf:issuance", "bf:code"], ["1001"]),
        ("321 __ $a Månedlig, $b 1953-1961", ["bf:frequency", "rdfs:label"], ["Månedlig"]),
        ("321 __ $a Månedlig, $b 1953-1961", ["bf:frequency", "bf:date"], ["1953-1961"]),
        ("321 __ $a Månedlig $b 1953-1961", ["bf:frequency", "bf:qualifier"], ["former"]),
        (
            "310 __ $a Årlig $0 http://id.loc.gov/vocabulary/frequencies/ann $2 marcfrequency",
            ["bf:frequency"],
            ["http://id.loc.gov/vocabulary/frequencies/ann"],
        ),
        ("263 __ $a 202211", ["bf:note", "rdfs:label"], ["202211"]),
        ("263 __ $a 202211", ["bf:note", "bf:date"], ["2022-11"]),
        ("263 __ $a 2022--", ["bf:note", "bf:date"], ["2022"]),
        ("263 __ $a 202211", ["bf:note", "bf:noteType"], ["projected publication date"]),
        ("256 __ $a Computer data (2 files)", ["bf:note", "bf:noteType"], ["computer file characteristics"]),
        ("258 __ $a Norge: $b 20 øre", ["bf:note", "rdfs:label"], ["Norge: 20 øre"]),
        ("881 __ $a Oslo : $f Gyldendal, 2001", ["bf:note", "rdfs:label"], ["Oslo : Gyldendal, 2001"]),
        ("300 __ $3 film $a 3 ruller", ["bf:extent", "bf:part"], ["film"]),
        (
            "352 __ $a Vektor : $b punkt $c (13671), $b linje $c (20171)",
            ["bf:digitalCharacteristic", "bf:count"],
            ["13671", "20171"],
        ),
        ("340 __ $a papir $h mellom bladene", ["bf:note", "bf:noteType"], ["location in medium"]),
        ("338 __ $a lydplate $b sd $2 rdacarrier $3 vedlegg", ["bf:note", "rdfs:label"], ["vedlegg: lydplate"]),
        ("242 10 $a The spring $y eng", ["bf:title", "bf:mainTitle"], ["The spring@en"]),
        ("264 _1 $3 2005- $a Oslo $b Cappelen $c 2005", ["bf:provisionActivity", "bf:part"], ["2005-"]),
    ],
)
def test_what_the_instance_is(field: str, path: list[str], values: list[str]) -> None:
    mapped = Mapped([record(field)])
    assert mapped.path(INSTANCE, *path) == values
    assert mapped.omissions(field[:3]) == []


@pytest.mark.parametrize(
    ("field", "path", "values"),
    [
        ("031 __ $a 1 $b 1 $c 1 $d Allegro $e Sopran $t Kyrie eleison", ["bf:note", "rdfs:label"],
         ["1 1 1 Allegro Sopran Kyrie eleison"]),
        ("031 __ $a 1 $b 1 $c 1 $u https://example.org/i", ["bf:note", "bf:electronicLocator"], ["https://example.org/i"]),
        ("306 __ $a 18 minutter", ["bf:duration"], ["18 minutter"]),
        ("348 __ $a partitur $b par $c noter $d not", ["bf:musicFormat", "bf:code"], ["par"]),
        ("386 __ $a Barn $b chi $2 lcdgt", ["bf:note", "bf:code"], ["chi"]),
        ("386 __ $a Barn $0 (DLC)dg2015060010", ["bf:note", "rdf:value"],
         ["http://id.loc.gov/authorities/demographicTerms/dg2015060010"]),
        ("251 __ $a Utkast", ["bf:version"], ["Utkast"]),
        ("254 __ $a Partitur", ["bf:musicFormat", "rdfs:label"], ["Partitur"]),
        ("257 __ $a Norge $a Sverige $2 naf", ["bf:originPlace", "rdfs:label"], ["Norge", "Sverige"]),
        ("377 __ $a nno", ["bf:language"], ["languages:nno", "languages:nob"]),
        ("377 _7 $a nn $2 iso639-1", ["bf:language"], ["languages:nno", "languages:nob"]),
        ("377 __ $l Nynorsk", ["bf:language", "rdfs:label"], ["Nynorsk"]),
        ("243 10 $a Verker. $k Utvalg. $f 1980", ["bf:title", "bf:date"], ["1980"]),
    ],
)  # fmt: skip
def test_what_the_work_is(field: str, path: list[str], values: list[str]) -> None:
    mapped = Mapped([record(field)])
    assert mapped.path(*WORK, *path) == values
    assert mapped.omissions(field[:3]) == []


LISTS = "http://id.loc.gov/vocabulary"


def test_a_number_beside_several_terms_belongs_to_the_term_of_its_list() -> None:
    mapped = Mapped([record(f"346 __ $a VHS $b PAL $0 {LISTS}/mbroadstd/pal $2 rda")])
    characteristics = mapped.objects(INSTANCE, "bf:videoCharacteristic")
    assert len(characteristics) == 2
    assert f"{LISTS}/mbroadstd/pal" in characteristics
    assert mapped.omissions("346") == []


@pytest.mark.parametrize(
    "numbers",
    [f"$0 {LISTS}/mgroove/coarse", "$0 (foo)12345", f"$a magnetisk $0 {LISTS}/mrectype/digital"],
    ids=["a list of another kind", "no list", "two terms of its kind"],
)
def test_a_number_that_may_belong_to_several_terms_is_reported(numbers: str) -> None:
    mapped = Mapped([record(f"344 __ $a digital $g stereo {numbers}")])
    assert mapped.omissions("344") == [("0", "several-terms")]


def test_a_code_beside_several_terms_of_its_kind_is_reported() -> None:
    assert Mapped([record("348 __ $a partitur $a stemmer $b par")]).omissions("348") == [("b", "several-terms")]


def test_a_language_of_a_translated_title_that_is_no_language_is_reported() -> None:
    assert Mapped([record("242 10 $a Våren $y xxq")]).omissions("242") == [("y", "language-code")]


def test_243_is_a_collective_title_and_names_no_work() -> None:
    mapped = Mapped([record("243 10 $a Verker. $k Utvalg", "245 10 $a Dikt")])
    [title] = mapped.of_class("bf:CollectiveTitle")
    assert mapped.objects(title, "bf:mainTitle") == ["Verker"]
    assert mapped.objects(title, "bf:qualifier") == ["Utvalg"]
    assert mapped.path(INSTANCE, "bf:instanceOf", "bf:expressionOf", "rdfs:label") == ["Dikt"]


def test_an_address_is_not_published() -> None:
    mapped = Mapped([record("270 1_ $a Karl Johans gate 1 $b Oslo $m post@example.org")])
    assert {reason for _code, reason in mapped.omissions("270")} == {"contact-data"}
    assert "example.org" not in "".join(mapped.results[0].lines)


def test_what_another_format_says_is_a_note_on_the_record() -> None:
    mapped = Mapped(
        [
            record(
                "886 2_ $2 ukmarc $a 900 $b 10 $a Clemens $h Samuel Langhorne $x See $a Twain, Mark, $x 1835-1910",
                "887 __ $a <dc:title>Havet</dc:title> $2 dc",
            )
        ]
    )
    notes = mapped.objects("id:record/test/r1", "bf:note")
    assert sorted(
        (
            *mapped.objects(note, "rdfs:label"),
            *mapped.objects(note, "bf:noteType"),
            *mapped.path(note, "bf:source", "bf:code"),
        )
        for note in notes
    ) == [
        ("<dc:title>Havet</dc:title>", "foreign field", "dc"),
        ("Clemens Samuel Langhorne See Twain, Mark, 1835-1910", "foreign field 900 10", "ukmarc"),
    ]
    assert mapped.omissions("886") == mapped.omissions("887") == []
