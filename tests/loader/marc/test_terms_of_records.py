"""Numbers, codes and terms that few records have (0XX, 3XX, 88X), from the definitions of MARC 21.

https://www.loc.gov/marc/bibliographic/
"""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import Mapped, case, record

INSTANCE = "id:instance/test/r1"
RECORD = "id:record/test/r1"


def _of_work(mapped: Mapped, *path: str) -> list[str]:
    return mapped.path(INSTANCE, "bf:instanceOf", *path)


def test_mp29_each_map_has_its_own_box_and_its_scale_as_number_and_words() -> None:
    mapped = case("mp29_maps_generic_title.mrc")
    boxes = [
        mapped.path(f"id:instance/test/mp29{letter}", "bf:instanceOf", "bf:cartographicAttributes", "bf:coordinates")
        for letter in "abc"
    ]
    assert boxes[0] == ["E0120000 E0123000 N0680000 N0674500"]
    assert boxes[0] == boxes[2] != boxes[1]
    geometry = ("bf:instanceOf", "bf:cartographicAttributes", "geo:hasGeometry", "geo:asWKT")
    assert mapped.path("id:instance/test/mp29a", *geometry) == ["POLYGON((12 67.75,12.5 67.75,12.5 68,12 68,12 67.75))"]
    scale = ("id:instance/test/mp29a", "bf:instanceOf", "bf:scale")
    assert mapped.path(*scale, "rdf:value") == ["50000"]
    assert mapped.path(*scale, "rdfs:label") == ["Målestokk 1:50 000"]
    assert len(mapped.of_class("bf:Instance")) == 3


@pytest.mark.parametrize(
    ("field", "kind", "number", "status"),
    [
        ("017 __ $a B 27123-2003 $b Depósito", "CopyrightNumber", "B 27123-2003", []),
        ("025 __ $a I-E-00-403504", "LcOverseasAcq", "I-E-00-403504", []),
        ("026 __ $a dete nkck $b vess lodo $2 fei", "Fingerprint", "dete nkck vess lodo", []),
        ("032 __ $a 686840 $b USPS", "PostalRegistration", "686840", []),
        ("036 __ $a CPS 495441 $b CPS", "StudyNumber", "CPS 495441", []),
        ("074 __ $z 1015-A", "Identifier", "1015-A", ["mstatus:cancinv"]),
        ("088 __ $a GAO/GGD-00-35", "ReportNumber", "GAO/GGD-00-35", []),
    ],
)
def test_numbers_have_their_class_and_status(field: str, kind: str, number: str, status: list[str]) -> None:
    mapped = Mapped([record(field)])
    assert mapped.number(f"bf:{kind}", INSTANCE) == {number: status}
    assert mapped.omissions(field[:3]) == []


def test_037_and_014_and_883() -> None:
    mapped = Mapped(
        [
            record(
                "037 __ $a uk.012 $b Ingram $c 249 kr",
                "014 1_ $a 911309276 $b (NO-TrBIB)",
                "883 0_ $a Maskinell tilordning $d 20181024 $q Uk $c 0.997",
            )
        ]
    )
    source = (INSTANCE, "bf:acquisitionSource")
    assert mapped.path(*source, "bf:identifiedBy", "rdf:value") == ["uk.012"]
    assert mapped.path(*source, "bf:acquisitionTerms") == ["249 kr"]
    assert "911309276" in mapped.number("bf:Local", RECORD)
    assert mapped.path(RECORD, "bf:generationProcess", "bf:date") == ["2018-10-24"]
    assert mapped.path(RECORD, "bf:generationProcess", "bf:agent", "bf:code") == ["Uk"]


@pytest.mark.parametrize(
    ("field", "path", "values"),
    [
        ("045 2_ $b d1940 $b d1945", ["bf:temporalCoverage"], ["1940/1945"]),
        ("045 __ $a x4x4", ["bf:temporalCoverage"], ["194X"]),
        ("047 __ $a sy", ["bf:genreForm"], ["http://id.loc.gov/vocabulary/marcmuscomp/sy"]),
        ("048 __ $b vf01", ["bf:musicMedium", "bf:qualifier"], ["soloist"]),
        ("052 __ $a 4362 $b C6", ["bf:geographicCoverage", "bf:code"], ["4362.C6"]),
        ("072 _7 $a FIC $x 002000 $2 bisacsh", ["bf:subject", "bf:code"], ["FIC 002000"]),
        ("086 0_ $a HH 1.6/3", ["bf:classification", "bf:source", "bf:code"], ["sudocs"]),
        ("083 0_ $z 3b $a 3 $2 23", ["bf:classification", "bf:table"], ["3b"]),
        ("033 00 $a 19900508 $p Oslo", ["bf:capture", "bf:date"], ["1990-05-08"]),
        ("384 __ $a D-dur", ["bf:musicKey"], ["D-dur"]),
        ("380 __ $a Operaer $2 emnmus", ["bf:genreForm", "rdfs:label"], ["Operaer"]),
        ("348 __ $a score $2 rdafnm", ["bf:musicFormat"], ["http://id.loc.gov/vocabulary/mmusicformat/score"]),
        ("336 __ $a text $2 rdacontent", ["bf:content"], ["http://id.loc.gov/vocabulary/contentTypes/txt"]),
        ("336 __ $a tekst $2 rdacontent", ["bf:content", "bf:source", "bf:code"], ["rdacontent"]),
    ],
)
def test_codes_and_terms_of_the_work(field: str, path: list[str], values: list[str]) -> None:
    mapped = Mapped([record(field)])
    assert _of_work(mapped, *path) == values
    assert mapped.omissions(field[:3]) == []


def test_385_an_audience_of_the_norwegian_list_is_its_iri() -> None:
    iri = "https://schema.nb.no/Bibliographic/Values/TG1004"
    mapped = Mapped([record(f"385 __ $a 11-12 år $m Aldersgruppe $0 {iri} $2 nortarget")])
    assert iri in _of_work(mapped, "bf:intendedAudience")
    assert mapped.objects(iri, "rdfs:label") == ["11-12 år"]
    assert mapped.objects(iri, "bf:qualifier") == ["Aldersgruppe"]
    assert mapped.path(iri, "bf:source", "bf:code") == ["nortarget"]
    assert mapped.omissions("385") == []


def test_383_each_designation_is_a_number_of_its_kind() -> None:
    """383 $a is a serial number, $b an opus number with its publisher ($e), $c one of a thematic index ($d)."""
    mapped = Mapped([record("383 __ $a no. 1 $b op. 27 $e J. André", "383 __ $c F. I, 22-25 $d Fanna $2 mlati")])
    [work] = mapped.objects("id:instance/test/r1", "bf:instanceOf")
    assert mapped.number("bf:SerialNumber", work) == {"no. 1": []}
    assert mapped.number("bf:OpusNumber", work) == {"op. 27": []}
    assert mapped.number("bf:ThematicCatalogNumber", work) == {"F. I, 22-25": []}
    opus, thematic = mapped.of_class("bf:OpusNumber")[0], mapped.of_class("bf:ThematicCatalogNumber")[0]
    assert mapped.path(opus, "bf:assigner", "rdfs:label") == ["J. André"]
    assert mapped.path(thematic, "bf:source", "bf:code") == ["mlati"]
    assert mapped.objects(thematic, "bf:qualifier") == ["Fanna"]
    assert mapped.omissions("383") == []


def test_382_each_medium_has_its_own_number() -> None:
    mapped = Mapped([record("382 01 $a Harpe $n 2 $b Sopran $n 1 $s 3 $2 emnmus")])
    [medium] = _of_work(mapped, "bf:mediumOfPerformance")
    assert mapped.objects(medium, "bf:count") == ["3"]
    components = {
        mapped.objects(node, "rdfs:label")[0]: (mapped.objects(node, "bf:count"), mapped.objects(node, "bf:qualifier"))
        for node in mapped.objects(medium, "bf:mediumComponent")
    }
    assert components == {"Harpe": (["2"], []), "Sopran": (["1"], ["soloist"])}


def test_an_iri_belongs_to_the_only_term_or_to_the_one_before_it() -> None:
    iri = "http://rdaregistry.info/termList/fileType/100"
    only = Mapped([record(f"347 __ $a lydfil $0 {iri}1 $2 rdaft")])
    assert only.objects(INSTANCE, "bf:digitalCharacteristic") == [f"{iri}1"]
    each = Mapped([record(f"344 __ $a digital $0 {iri}1 $b optisk $0 {iri}2")])
    assert each.objects(INSTANCE, "bf:soundCharacteristic") == [f"{iri}1", f"{iri}2"]
    unclear = Mapped([record(f"347 __ $a lydfil $b FLAC $0 {iri}1")])
    assert unclear.path(INSTANCE, "bf:digitalCharacteristic", "rdfs:label") == ["FLAC", "lydfil"]
    assert unclear.omissions("347") == [("0", "several-terms")]


@pytest.mark.parametrize(
    ("field", "subject", "relationships", "words"),
    [
        ("600 17 $a Hansen, Kari $4 dpc $0 (NO-TrBIB)90058926", "id:agent/noraf-90058926", ["relators:dpc"], []),
        ("600 17 $a Hansen, Kari $e honoree.", "", ["relators:hnr"], ["honoree"]),
        ("651 _0 $a Bergen, $e setting.", "", ["setting"], []),
        ("611 20 $a Nordkalotten, $e komité, $j honoree", "", ["relators:hnr"], ["honoree"]),
        ("650 _7 $a Fjorder $4 https://example.org/om $2 x", "", ["https://example.org/om"], []),
    ],
    ids=["a code", "a word", "a word of no list", "of a meeting", "an IRI"],
)  # fmt: skip
def test_the_role_of_a_subject_is_a_relation_to_it(
    field: str, subject: str, relationships: list[str], words: list[str]
) -> None:
    mapped = Mapped([record("245 00 $a Fjord", field)], "loc")
    [work] = mapped.objects("id:instance/test/r1", "bf:instanceOf")
    [relation] = mapped.objects(work, "bf:relation")
    assert mapped.objects(relation, "bf:associatedResource") == mapped.objects(work, "bf:subject")
    assert not subject or mapped.objects(relation, "bf:associatedResource") == [subject]
    named = mapped.objects(relation, "bf:relationship")
    assert [
        *mapped.path(relation, "bf:relationship", "rdfs:label"),
        *(each for each in named if "concept/" not in each),
    ] == relationships
    assert mapped.objects(relation, "rdfs:label") == words


def test_a_number_belongs_to_the_only_index_term() -> None:
    mapped = Mapped([record("653 __ $a Fjorder $0 https://www.wikidata.org/wiki/Q45776", "653 __ $a A $a B $0 x")])
    assert "id:concept/wikidata/45776" in mapped.of_class("bf:Topic")
    assert mapped.omissions("653") == [("0", "number-without-source"), ("0", "several-terms")]


@pytest.mark.parametrize("tag", ["130", "630", "730"])
def test_what_tells_a_work_without_an_author_from_others_is_in_its_name(tag: str) -> None:
    indicators = {"130": "0_", "630": "04", "730": "0_"}[tag]
    mapped = Mapped([record("245 00 $a Fjord", f"{tag} {indicators} $a Lord of the rings $g film")])
    labels = {label for hub in mapped.of_class("bf:Hub") for label in mapped.objects(hub, "rdfs:label")}
    assert "Lord of the rings (film)" in labels


def test_a_book_and_a_film_of_one_title_are_two_works_of_a_record() -> None:
    mapped = Mapped([record("245 00 $a Fjord", "730 0_ $a Ringen $g film", "730 0_ $a Ringen")])
    labels = sorted(label for hub in mapped.of_class("bf:Hub") for label in mapped.objects(hub, "rdfs:label"))
    assert labels == ["Fjord", "Ringen", "Ringen (film)"]
