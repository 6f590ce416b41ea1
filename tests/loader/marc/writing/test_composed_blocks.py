"""From MARC to the graph and back, for each block of fields: what comes back is the field as it was written."""

from __future__ import annotations

import pytest

from tests.loader.marc.writing.composed import fields_back, round_trip, written

SAME = {
    "control number": "001 990001",
    "system number": "035 __ $a (NO-TrBIB)070185476",
    "number of a former system": "035 __ $a 070185476-47bibsys_network",
    "linkage number": "014 1_ $a 070185476 $b (NO-TrBIB)",
    "national bibliography": "015 __ $a 0706713 $2 nbf",
    "ISBN with hyphens": "020 __ $a 978-82-02-52792-1 $q ib. $c Nkr 169.00",
    "ISBN of ten digits": "020 __ $a 8205279950 $q ib.",
    "terms without a number": "020 __ $q ib. $c Kr 10.00",
    "DOI": "024 7_ $a 10.1000/182 $2 doi",
    "agencies": "040 __ $a NO-OsNB $b nob $e katreg $d NO-TrBIB",
    "authentication": "042 __ $a norbibl",
    "areas": "043 __ $a e-no---",
    "country": "044 __ $c no",
    "Dewey": "082 74 $a 839.823 $q NO-OsNB $2 25/nor",
    "additional Dewey": "083 7_ $a 791.4375 $q NO-OsNB $2 25/nor",
    "another scheme": "084 __ $a Pf 5 $2 ubtkl/2",
    "author": "100 1_ $a Tolkien, J.R.R. $d 1892-1973 $0 (NO-TrBIB)90056310",
    "title": "245 00 $a Ringenes herre $b et eventyr $n 1 $p Ringens brorskap $c Tolkien",
    "original title": "246 1_ $i Originaltittel $a The two towers $b a tale",
    "edition": "250 __ $a 2. utg.",
    "imprint": "264 _1 $a [Oslo] $b Gyldendal $c 2024",
    "imprint without a name": "264 _1 $a [S.l.] $b [s.n.] $c 2024",
    "extent": "300 __ $a 622 s. $b fotografier $c 24 cm $e 1 kart",
    "content in Norwegian": "336 __ $a tekst $0 http://rdaregistry.info/termList/RDAContentType/1020 $2 rdaco",
    "audience": "385 __ $a 6-8 år $m Aldersgruppe $0 https://schema.nb.no/Bibliographic/Values/TG1002 $2 nortarget",
    "series": "490 0_ $a Fontenebøkene $v 42",
    "note": "500 __ $a Opplagshistorikk: 2. oppl. 1977",
    "contents": "505 0_ $a Ringens brorskap ; To tårn",
    "summary": "520 __ $a Om en ring",
    "audience note": "521 __ $a Passer for barn",
    "copy": "533 __ $a Elektronisk reproduksjon $b [Norge] $c Nasjonalbiblioteket Digital $d 2011-06-21",
    "person as a subject": "600 17 $a Aasen, Ivar $d 1813-1896 $0 (NO-TrBIB)90061085 $2 bare",
    "topic": "650 _7 $a Tid $0 (NO-TrBIB)HUME00536 $2 humord",
    "topic with parts": "650 _0 $a Missouri $x History",
    "index terms": "653 __ $a troll",
    "genre": "655 _7 $a Romaner $0 (uri)https://id.nb.no/vocabulary/ntsf/258 $2 ntsf",
    "translator": "700 1_ $a Høverstad, Torstein Bugge $4 trl",
    "contributor in words": "700 1_ $a Holt, Anne $d 1961- $e illustr.",
    "work in the work": "700 12 $a Tolkien, J.R.R. $d 1892-1973 $t To tårn $0 (NO-TrBIB)90056310",
    "title in the work": "740 02 $a To tårn",
    "host": "773 0_ $t Norsk litterær årbok $d Oslo : Samlaget $g 1981 $x 0078-1266 $w 998121599004702201",
    "traced series": "830 _0 $a Fontenebøkene $v 42",
    "address": "856 40 $u https://example.test/a $y NB Digital $z For forskere",
    "cover": "856 42 $3 Omslagsbilde $u https://example.test/b.jpg $q image/jpeg",
    "local code": "901 __ $a 90",
    "national bibliography of a record": "913 __ $a Norbok $b NB",
    "mark of a library": "999 __ $a CP $9 LOCAL",
}


@pytest.mark.parametrize("field", SAME.values(), ids=SAME.keys())
def test_a_field_comes_back_as_it_was(field: str) -> None:
    assert fields_back(field[:3], field) == [field]


def test_the_coded_data_of_a_book_come_back() -> None:
    coded = "008 240101s2024    no a   j|||b||001|f|nob| "
    back = round_trip(coded, "040 __ $a NO-OsNB $b nob $e rda", "300 __ $a 9 s.")
    assert [written(field) for field in back.fields_with("008")] == [coded.replace("|||b||001|", "|b   |001|")]
    assert back.leader[5:8] == "nam"


def test_a_language_in_008_alone_is_not_repeated() -> None:
    assert fields_back("041", "041 1_ $h eng") == ["041 1_ $h eng"]


def test_a_record_by_rda_has_264_and_another_one_260() -> None:
    imprint = "264 _1 $a Oslo $b Aschehoug $c 2024"
    assert fields_back("260 264", "040 __ $a NO-OsNB $b nob $e rda", imprint) == [imprint]
    assert fields_back("260 264", "040 __ $a NO-OsNB $b nob $e katreg", imprint) == [
        "260 __ $a Oslo $b Aschehoug $c 2024"
    ]


def test_another_script_comes_back_as_880_joined_to_its_field() -> None:
    russian = ("245 10 $6 880-01 $a Voĭna i mir", "880 10 $6 245-01/(N $a Война и мир")
    coded = "008 240101s2024    ru            000 0 rus  "
    assert fields_back("245 880", coded, *russian) == [
        "245 00 $6 880-01 $a Voĭna i mir",
        "880 00 $6 245-01/(N $a Война и мир",
    ]


def test_two_addresses_with_one_cover_and_one_description_stay_apart() -> None:
    fields = [
        f"856 42 $3 {text} $u https://example.test/?isbn=1" for text in ("Beskrivelse (kort)", "Beskrivelse (lang)")
    ]
    assert sorted(fields_back("856", *fields)) == fields


def test_the_same_record_gives_the_same_bytes_in_any_order_of_its_statements() -> None:
    fields = ["650 _7 $a Tid $2 humord", "650 _7 $a Rom $2 humord", "700 1_ $a Vik, Tor $4 trl"]
    assert round_trip(*fields) == round_trip(*reversed(fields))
