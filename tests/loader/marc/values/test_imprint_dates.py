"""Words of 264 $c as cataloguers write them, each with what it says in EDTF (ISO 8601-2)."""

from __future__ import annotations

import pytest
from edtf import parse_edtf

from loader.marc.values.imprint_dates import read_imprint_date
from loader.marc.values.life_dates import read_life_dates

_WORDS = [
    # one of two years
    ("[1998 eller 1999]", "[1998,1999]"),
    ("[1971 or 1972]", "[1971,1972]"),
    ("[1998 el. 1999?]", "[1998,1999]"),
    ("5770 [2009 eller 2010]", "[2009,2010]"),
    # a bound on one side is not the year itself
    ("[før 1850]", "[..1850]"),
    ("[before 1850?]", "[..1850]"),
    ("[ikke etter 1850]", "[..1850]"),
    ("[ikkje etter 1850]", "[..1850]"),
    ("[senest 1850]", "[..1850]"),
    ("[etter 1850]", "[1850..]"),
    ("[after 1850]", "[1850..]"),
    ("[ikke før 1990]", "[1990..]"),
    ("[not before August 12, 1899]", "[1899-08-12..]"),
    ("[tidligst 1990]", "[1990..]"),
    ("[mellom 1901 og 1905?]", "[1901..1905]"),
    ("[between August 12, 1899 and March 2, 1900]", "[1899-08-12..1900-03-02]"),
    # centuries and decades in words are not their first year
    ("[18. årh.]", "17XX"),
    ("18. hundreåret", "17XX"),
    ("[1700-tallet]", "17XX"),
    ("ca. 1700-talet", "17XX~"),
    ("18th century", "17XX"),
    ("[1900-tallet]", "19XX"),
    ("[1990-årene]", "199X"),
    ("1990-åra", "199X"),
    ("[1960s?]", "196X"),
    ("199?", "199X"),
    ("[19??]", "19XX"),
    ("[197-?]", "197X"),
    # brackets stand around what the cataloguer supplied
    ("[20]10", "2010"),
    ("19[98]", "1998"),
    ("199[8?]", "1998?"),
    ("2010[?]", "2010?"),
    ("[1998]-2001", "1998/2001"),
    ("1998-[2001?]", "1998/2001?"),
    ("[1998?]-", "1998?/.."),
    ("-1998.", "/1998"),
    # day and month
    ("1.5.2012", "2012-05-01"),
    ("01.05.2012", "2012-05-01"),
    ("5/1/2012", "2012"),
    ("31.02.2012", "2012"),
    ("2012-05", "2012-05"),
    ("2010-11", "2010/2011"),
    ("mai-juni 2012", "2012-05/2012-06"),
    ("mars/april 1999", "1999-03/1999-04"),
    ("nov. 1998-jan. 1999", "1998-11/1999-01"),
    ("vår/sommer 2011", "2011"),
    ("jul 1998", "1998"),
    ("sept. 1998", "1998-09"),
    # a later printing is not the publication
    ("1848, opptrykk 1948", "1848"),
    ("1998, 2. oppl. 1999", "1998"),
    ("1998 (3. opplag 2001)", "1998"),
    ("5. oppl. 2011", "2011"),
    ("2012, trykt 2013", "2012"),
    ("2012 [reprinted 2013]", "2012"),
    # the year of another calendar beside that of ours
    ("1378 [1999]", "1999"),
    ("2010 [2011]", "2011"),
    ("[13]76 [1997]", "1997"),
    ("759-<775> [1998 or 1999-<2015>]", ""),
    # a range of copyright dates is no year of publication
    ("c1980-1985.", ""),
    # nothing certain
    ("2010 2011", ""),
    ("19uu", ""),
    ("2010 2012", ""),
    ("[dato ukjent]", ""),
    ("5770 eller 5771", ""),
    ("0. årh.", ""),
    ("45. århundre", ""),
]


@pytest.mark.parametrize(("words", "date"), _WORDS)
def test_words_of_an_imprint(words: str, date: str) -> None:
    assert read_imprint_date(words).date == date
    if date and not date.startswith("["):
        parse_edtf(date)


@pytest.mark.parametrize(
    ("words", "period"),
    [("1600-talet", "16XX"), ("1600-tallet", "16XX"), ("17. hundreåret", "16XX"), ("17. årh.", "16XX")],
)
def test_a_century_of_a_life(words: str, period: str) -> None:
    dates = read_life_dates(words)
    assert dates is not None
    assert dates.period == period
