"""Single values: dates, numbers, addresses, names, by tables."""

from __future__ import annotations

import pytest
from edtf import parse_edtf

from loader.marc.values.coded_dates import read_coded_dates
from loader.marc.values.heading_keys import heading_key
from loader.marc.values.imprint_dates import read_imprint_date
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.language_codes import country, current_language, script_tag, split_codes
from loader.marc.values.literals import address, literal
from loader.marc.values.standard_numbers import read_isbns, read_isni, read_lccn


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("c2001.", ""),
        ("[2001]", "2001"),
        ("2001-03", "2001/2003"),
        ("2003-2001", ""),
        ("[199-?]", "199X"),
        ("between 1995 and 2000", "[1995..2000]"),
        ("May 3, 1999", "1999-05-03"),
        ("mai 1999", "1999-05"),
        ("våren 2001", "2001-21"),
        ("hausten 2001", "2001-23"),
        ("1234567", ""),
        ("2010 2012", ""),
        ("[n.d.]", ""),
        ("MDCCCXIV", "1814"),
        ("9999", ""),
        ("1900 dvs. 1901", "1901"),
    ],
)
def test_transcribed_dates(words: str, date: str) -> None:
    assert read_imprint_date(words).date == date
    if date and date[0] != "[":
        parse_edtf(date)


def test_copyright_dates_beside_others() -> None:
    assert read_imprint_date("c2001.").copyright == "2001"
    assert read_imprint_date("p1998").phonogram == "1998"
    assert read_imprint_date("2010, ©2009").copyright == "2009"


@pytest.mark.parametrize(
    ("code", "published"),
    [
        ("s2001    ", "2001"),
        ("suuuu    ", ""),
        ("s9999    ", ""),
        ("s19uu    ", "19XX"),
        ("m19992001", "1999/2001"),
        ("c20019999", "2001/.."),
        ("|||||||||", ""),
        ("nuuuuuuuu", ""),
        ("e20120617", "2012-06-17"),
        ("", ""),
    ],
)
def test_coded_dates(code: str, published: str) -> None:
    assert read_coded_dates(code).published == published


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Vik, T. S.,", "Vik, T. S."),
        ("Vik, Tor.", "Vik, Tor"),
        ("Tittel /", "Tittel"),
        ("Tittel ...", "Tittel ..."),
        ("Vik, Tor, jr.", "Vik, Tor, jr."),
        ("2. utg.", "2. utg."),
        ("2. utgave.", "2. utgave"),
        ("2nd ed., rev.", "2nd ed., rev."),
        ("?", "?"),
    ],
)
def test_end_punctuation(text: str, bare: str) -> None:
    assert without_end_punctuation(text) == bare


def test_heading_keys_fold_what_makes_no_difference() -> None:
    assert heading_key("VIK,  Tor ,") == heading_key("Vik, Tor.") == "vik,tor"
    assert heading_key("Tor Vik") != heading_key("Vik, Tor")
    assert heading_key("I︠a︡zyk") == heading_key("I͡azyk")
    assert heading_key("Håkon") == heading_key("Håkon") != heading_key("Hakon")
    assert heading_key("नदी") != heading_key("नद")
    assert heading_key("王植") != heading_key("王質")


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("https://example.test/bok 1.pdf ", "<https://example.test/bok%201.pdf>"),
        ('https://example.test/?q="ti"&p={1}', "<https://example.test/?q=%22ti%22&p=%7B1%7D>"),
        ("https://example.test/50%ti", "<https://example.test/50%25ti>"),
        ("https://example.test/x##", "<https://example.test/x#%23>"),
        ("https://example.test/a\\b|c^d`e", "<https://example.test/a%5Cb%7Cc%5Ed%60e>"),
        ("<https://example.test/v>", "<https://example.test/v>"),
        ("HTTPS://Example.TEST/Bok", "<https://example.test/Bok>"),
        ("https://example.test/\u200bskjult\ufeff", "<https://example.test/skjult>"),
        ("http://urn.nb.no/urn:nbn:NO-nb_digibok_1", "<https://urn.nb.no/URN:NBN:no-nb_digibok_1>"),
        ("https://urn.nb.no/URN:NBN:no-nb_digibok_1", "<https://urn.nb.no/URN:NBN:no-nb_digibok_1>"),
        ("example.test/uten-skjema", ""),
        ("https://example.test/en https://example.test/to", ""),
        ("http://[::1/feil", ""),
        ("", ""),
    ],
)
def test_addresses_are_valid_iris_or_none(text: str, iri: str) -> None:
    assert address(text) == iri


def test_literals_are_escaped() -> None:
    assert literal('a "b" \\ c') == '"a \\"b\\" \\\\ c"'


def test_codes() -> None:
    assert split_codes("engfre") == ["eng", "fre"]
    assert [current_language(code) for code in ("NOB", "scr", "no", "xyz")] == ["nob", "hrv", "", ""]
    assert [country(code) for code in ("no ", "no^", "|||", "xx ")] == ["no", "", "", ""]
    assert script_tag("(N", "rus") == "ru-Cyrl"
    assert script_tag("(N", "nob") == "und-Cyrl"
    assert script_tag("$1", "jpn") == "ja-Jpan"
    assert script_tag("", "rus") == "und"


def test_numbers() -> None:
    assert [number.number for number in read_isbns("82-05-27835-0 (ib.)").numbers] == ["9788205278356"]
    assert read_isbns("9788200000000").numbers[0].is_valid is False
    assert read_isbns("kr 99").numbers == ()
    assert read_isni("0000 0001 2345 6789").is_valid
    assert read_lccn("85-2 ").number == "85000002"
