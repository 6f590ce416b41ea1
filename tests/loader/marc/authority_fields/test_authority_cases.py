"""Authority records by the cases of the trade, and by what MARC 21 says of their fields; written before the rules."""

from __future__ import annotations

import pytest

from loader.marc.values.fixed_positions import mend_positions
from tests.loader.marc.mapped import CASES, Mapped, authority, record, records_of

THING = "id:agent/noraf-99000001"
RECORD = "id:record/test/99000001"


def _mapped(*fields: str, leader: str = "00000nz  a2200000n  4500") -> Mapped:
    return Mapped([authority(*fields, leader=leader)], "noraf")


def test_the_graph_is_that_of_an_authority_file_and_the_node_that_of_a_number_in_a_bibliographic_record() -> None:
    heading = "100 1_ $a Vik, Tor, $d 1931-"
    names = Mapped([authority(heading)], "noraf")
    book = Mapped([record(f"{heading} $0 (NO-TrBIB)99000001", "245 10 $a Tang")])
    assert names.of_class("bf:Person") == book.of_class("bf:Person") == [THING]
    assert all("<https://w3id.org/nbkg/graph/authority/test>" in line for line in names.results[0].lines)


def test_positions_are_put_back_where_blanks_ran_together() -> None:
    intact = "910502n| adz|naabn|         |a|ana|     "
    assert mend_positions("910502n| adz|naabn| |a|ana| ", "008").text == intact
    assert mend_positions("910502n| adz|naabn| |a|ana|", "008").text == intact
    assert mend_positions(intact, "008") == (intact, False)
    assert mend_positions("99999nz a2299999o 4500", "LDR").text == "99999nz  a2299999o  4500"


@pytest.mark.parametrize("text", ["910502n| adz|naabn|  |a|ana|", "9105", "910502n| adz"])
def test_positions_that_are_not_certain_stay_unknown(text: str) -> None:
    mended = mend_positions(text, "008")
    assert mended.is_shifted
    assert mended.text[32:33] in {"", "|"}


def test_positions_that_differ_between_two_ways_are_not_coded() -> None:
    text = "910502n| adz|naabn |a aaa d"
    mended = mend_positions(text, "008").text
    assert mended[:18] == text[:18]
    assert mended[18:28].strip(" |") == ""


def test_a_shifted_record_has_the_levels_of_the_intact_one() -> None:
    fields = ("040 __ $a NO-TrBIB", "100 1_ $a Vik, Tor")
    intact = _mapped("008 910502n| adz|naabn|         |a|ana|     ", *fields, leader="99999nz  a2299999n  4500")
    shifted = _mapped("008 910502n| adz|naabn| |a|ana| ", *fields, leader="99999nz a2299999n 4500")
    assert shifted.results[0].lines == intact.results[0].lines
    assert shifted.doubts() == [("008", "shifted-positions"), ("LDR", "shifted-positions")]
    assert shifted.path(RECORD, "bf:descriptionLevel", "bf:code") == ["n"]


def test_other_names_and_what_is_said_of_them() -> None:
    mapped = _mapped(
        "100 1_ $a Breen, Else, $d 1927-",
        "400 1_ $a Myrstad, Else",
        "400 1_ $a Breen, E. M. $w nne",
        "400 0_ $a Sissel $g Psevdonym",
        "400 1_ $a Breen, Else, $d 1927-",
        "410 2_ $w d $a NRK",
    )
    assert mapped.objects(THING, "skos:altLabel") == ["Breen, E. M.", "Myrstad, Else", "NRK", "Sissel"]
    assert mapped.path(THING, "madsrdf:hasVariant", "madsrdf:variantLabel") == ["Breen, E. M.", "Sissel"]
    assert mapped.path(THING, "madsrdf:hasVariant", "bf:status") == ["id:concept/tracing/earlier-form"]
    assert mapped.path(THING, "madsrdf:hasVariant", "skos:note") == ["Psevdonym"]
    assert mapped.path(THING, "madsrdf:hasAcronymVariant", "madsrdf:variantLabel") == ["NRK"]
    assert ("a", "same-as-heading") in mapped.omissions("400")


def test_names_in_another_script_are_of_the_same_thing() -> None:
    mapped = _mapped(
        "100 1_ $6 880-01 $a Tsvetkov, I.",
        "400 1_ $6 880-02 $a Tsvetkoff, I.",
        "880 1_ $6 100-01/(N $a Цветков, И.",
        "880 1_ $6 400-02/(N $a Цветков, Иван",
        "880 1_ $6 400-00/(N $a Цвѣтковъ, И.",
    )
    assert mapped.objects(THING, "skos:prefLabel") == ["Tsvetkov, I.", "Цветков, И.@und-cyrl"]
    assert mapped.objects(THING, "skos:altLabel") == [
        "Tsvetkoff, I.",
        "Цветков, Иван@und-cyrl",
        "Цвѣтковъ, И.@und-cyrl",
    ]


def test_relations_between_bodies_by_the_code_of_the_tracing() -> None:
    mapped = _mapped(
        "110 2_ $a Oslo nye teater",
        "510 2_ $w a $a Det Nye teater $0 (NO-TrBIB)90645158",
        "510 2_ $w b $a Oslo Nye $0 (NO-TrBIB)90645159",
        "510 2_ $w t $a Oslo kommune $0 (NO-TrBIB)90645160",
        "510 2_ $w Nye teater $a Folketeatret $0 (NO-TrBIB)99023110",
        "500 1_ $i Grunnlegger: $w r $a Vik, Tor $0 (NO-TrBIB)90000007 $4 http://rdaregistry.info/Elements/a/P50029",
        "510 2_ $a Oslo nye teater $0 (NO-TrBIB)99000001",
    )
    assert mapped.objects(THING, "madsrdf:hasEarlierEstablishedForm") == ["id:agent/noraf-90645158"]
    assert mapped.objects(THING, "madsrdf:hasLaterEstablishedForm") == ["id:agent/noraf-90645159"]
    assert mapped.objects(THING, "madsrdf:hasCorporateParentAuthority") == ["id:agent/noraf-90645160"]
    assert mapped.objects(THING, "madsrdf:hasRelatedAuthority") == [
        "id:agent/noraf-90000007",
        "id:agent/noraf-99023110",
    ]
    assert mapped.path(THING, "bf:relation", "bf:associatedResource") == ["id:agent/noraf-90000007"]
    relationships = mapped.path(THING, "bf:relation", "bf:relationship")
    assert "http://rdaregistry.info/Elements/a/P50029" in relationships
    assert mapped.path(THING, "bf:relation", "bf:relationship", "rdfs:label") == ["Grunnlegger"]
    assert mapped.omissions("510") == [("w", "tracing-code")]
    assert ("510", "refers-to-itself") in mapped.doubts()


def test_terms_have_their_language_and_hierarchy() -> None:
    mapped = Mapped(
        [
            authority(
                "001 SMR00001",
                "003 NoOU",
                "040 __ $a NoOU $b eng $f noubomr",
                "150 __ $a Abandoned children",
                "450 __ $a Orphans",
                "550 __ $w g $a Children $0 (NoOU)SMR00140",
                "550 __ $w h $a Foundlings $0 (NoOU)SMR00141",
                "550 __ $a Child welfare $0 (NoOU)SMR00133",
                "680 __ $i Brukes om $a barn uten foreldre",
                "750 _7 $a Foreldreløse $2 humord $0 (NO-TrBIB)HUME00077",
                "750 _0 $a Orphans $4 http://www.w3.org/2004/02/skos/core#closeMatch",
            )
        ]
    )
    thing = "id:concept/mrtermer/00001"
    assert mapped.objects(thing, "a") == ["bf:Topic", "skos:Concept"]
    assert mapped.objects(thing, "skos:prefLabel") == ["Abandoned children@en"]
    assert mapped.objects(thing, "skos:altLabel") == ["Orphans@en"]
    assert mapped.objects(thing, "skos:broader") == ["id:concept/mrtermer/00140"]
    assert mapped.objects(thing, "skos:narrower") == ["id:concept/mrtermer/00141"]
    assert mapped.objects(thing, "skos:related") == ["id:concept/mrtermer/00133"]
    assert mapped.objects(thing, "skos:inScheme") == ["id:concept/mrtermer"]
    assert mapped.objects(thing, "skos:note") == ["Brukes om barn uten foreldre"]
    assert mapped.objects(thing, "skos:mappingRelation") == ["id:concept/humord/00077"]
    [close] = mapped.objects(thing, "skos:closeMatch")
    assert mapped.objects(close, "rdfs:label") == ["Orphans"]
    assert mapped.objects(thing, "skos:exactMatch") == []


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("147 __ $a Tsunamien $d 2004", "bf:Event"),
        ("148 __ $a 1800-tallet", "bf:Temporal"),
        ("151 __ $a Bodø", "bf:Place"),
        ("155 __ $a Romaner", "bf:GenreForm"),
        ("162 __ $a fiolin", "bf:MediumOfPerformance"),
        ("185 __ $v Kart", "bf:GenreForm"),
        ("150 __ $a Fiske $z Lofoten", "madsrdf:ComplexSubject"),
        ("100 1_ $a Vik, Tor $x Brev", "madsrdf:ComplexSubject"),
    ],
)
def test_a_heading_is_of_its_class(heading: str, kind: str) -> None:
    thing = "id:concept/noraf/99000001"
    mapped = _mapped(heading)
    assert set(mapped.objects(thing, "a")) == {kind, "skos:Concept"}
    parts = len(mapped.objects(thing, "dcterms:hasPart"))
    assert parts == (2 if kind == "madsrdf:ComplexSubject" else 0)


def test_a_name_and_a_title_are_a_work_of_its_author() -> None:
    mapped = _mapped("100 1_ $a Vik, Tor, $d 1931- $t Tang og tare", "400 1_ $a Vik, Tor $t Tare", "046 __ $k 1961")
    hub = "id:hub/noraf-99000001"
    assert mapped.of_class("bf:Hub") == [hub]
    assert mapped.objects(hub, "skos:prefLabel") == ["Vik, Tor, 1931-. Tang og tare"]
    assert mapped.path(hub, "bf:title", "bf:mainTitle") == ["Tang og tare"]
    assert mapped.path(hub, "bf:contribution", "bf:agent", "rdfs:label") == ["Vik, Tor, 1931-"]
    assert mapped.objects(hub, "skos:altLabel") == ["Vik, Tor. Tare"]
    assert mapped.objects(hub, "madsrdf:creationDateStart") == ["1961"]


def test_what_is_told_of_a_person() -> None:
    mapped = _mapped(
        "043 __ $a e-no--- $c no",
        "046 __ $f 19570521 $g 20231226",
        "100 1_ $a Milne, A. A., $d 1957-2023",
        "370 __ $a Melhus $b Oslo $c Norge $e Bodø $0 (NO-TrBIB)90000009",
        "371 __ $a Storgata 1 $m tor@example.org",
        "372 __ $a Klassisk musikk $0 (NO-TrBIB)HUME00012",
        "373 __ $a Norsk oversetterforening $s 1990",
        "374 __ $a Lyriker",
        "375 __ $a f",
        "377 __ $a nob",
        "378 __ $q Alan Alexander",
        "386 __ $a n. $m Nasjonalitet/regional gruppe $2 bs-nasj",
        "667 __ $a Mulig dublett!",
        "670 __ $a Viaf $b f. 1957 $u https://viaf.org/viaf/1",
        "675 __ $a Norsk biografisk leksikon",
        "678 __ $a Forfatter og oversetter",
    )
    assert mapped.objects(THING, "schema:birthDate") == ["1957-05-21"]
    assert mapped.objects(THING, "bf:date") == ["1957-05-21/2023-12-26"]
    assert mapped.path(THING, "madsrdf:birthPlace", "rdfs:label") == ["Melhus"]
    assert mapped.path(THING, "madsrdf:deathPlace", "rdfs:label") == ["Oslo"]
    assert mapped.path(THING, "schema:homeLocation", "rdfs:label") == ["Bodø"]
    assert "id:concept/country/no" in mapped.objects(THING, "madsrdf:associatedLocale")
    assert mapped.omissions("370") == [("0", "several-terms")]
    assert mapped.omissions("371") == [("a", "contact-data"), ("m", "contact-data")]
    assert mapped.objects(THING, "madsrdf:fieldOfActivity") == ["id:concept/humord/00012"]
    assert mapped.path(THING, "madsrdf:hasAffiliation", "madsrdf:organization") == ["Norsk oversetterforening"]
    assert mapped.path(THING, "madsrdf:occupation", "rdfs:label") == ["Lyriker"]
    assert mapped.objects(THING, "madsrdf:gender") == ["f"]
    assert mapped.objects(THING, "madsrdf:associatedLanguage") == ["languages:nob"]
    assert mapped.path(THING, "madsrdf:fullerName", "rdfs:label") == ["Alan Alexander"]
    assert mapped.path(THING, "schema:nationality", "rdfs:label") == ["n."]
    assert mapped.objects(RECORD, "skos:editorialNote") == ["Mulig dublett!"]
    assert mapped.path(THING, "madsrdf:hasSource", "madsrdf:citationStatus") == ["found", "not found"]
    assert mapped.objects(THING, "skos:note") == ["Forfatter og oversetter"]


def test_dates_that_contradict_are_reported() -> None:
    mapped = _mapped("046 __ $f 1957", "100 1_ $a Vik, Tor, $d 1931-")
    assert mapped.objects(THING, "schema:birthDate") == ["1957"]
    assert ("046", "date-conflict") in mapped.doubts()


def test_a_person_is_known_in_another_file() -> None:
    mapped = _mapped(
        "100 1_ $a Vik, Tor",
        "700 17 $a Vik, Tor, $d 1931- $0 (DE-588)99900003X $2 gnd",
        "700 10 $a Vik, T. (Tor), $d 1931-",
    )
    authorities = mapped.objects(THING, "madsrdf:isIdentifiedByAuthority")
    assert "https://d-nb.info/gnd/99900003X" in authorities
    assert mapped.path(THING, "madsrdf:isIdentifiedByAuthority", "rdfs:label") == [
        "Vik, T. (Tor), 1931-",
        "Vik, Tor, 1931-",
    ]
    assert mapped.objects(THING, "owl:sameAs") == []


def test_a_record_without_a_heading_of_marc_21_describes_nothing() -> None:
    mapped = _mapped("103 __ $a Milieu", "670 __ $a Kilde")
    assert mapped.objects(RECORD, "a") == ["bf:AdminMetadata"]
    assert mapped.omissions("103") == [("a", "unknown-field")]
    assert mapped.omissions("670") == [("a", "no-heading")]
    assert ("", "no-heading") in mapped.doubts()


def test_statements_do_not_depend_on_the_order_of_records() -> None:
    records = [each for name in ("au02", "au05_d", "au06") for each in records_of(next(CASES.glob(f"{name}*.mrc")))]
    forth, back = Mapped(records, "noraf"), Mapped(reversed(records), "noraf")
    lines = [sorted(line for result in mapped.results for line in result.lines) for mapped in (forth, back)]
    assert lines[0] == lines[1]


def test_the_quality_level_is_of_the_record() -> None:
    mapped = _mapped("100 1_ $a Vik, Tor", "901 __ $a kat3")
    [level] = mapped.objects(RECORD, "bf:descriptionAuthentication")
    assert level.startswith("id:concept/noraf-quality/")
    assert mapped.objects(level, "rdfs:label") == ["kat3"]
