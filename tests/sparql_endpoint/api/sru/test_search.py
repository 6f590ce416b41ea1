"""Searches: what each index and relation finds in the sample, compared with what lxml reads in its file."""

from __future__ import annotations

from functools import partial

import pytest
from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]

from nbkg.records.listing import record_listing
from sparql_endpoint.api.sru.index_table import index_table
from sparql_endpoint.services import record_listings
from tests.sparql_endpoint.api.sru.conftest import (
    MARC,
    SRU,
    Search,
    diagnostics,
    names,
    sample_with,
    size,
)

ALL = 81
"""The sample's records, and one more."""


def _all(search: Search, query: str) -> set[str]:
    root = search(query, maximumRecords=100)
    assert diagnostics(root) == []
    return set(names(root))


def test_title_of_alma_and_bibsys_finds_what_has_the_words(search: Search) -> None:
    expected = sample_with("245", "a", "markens", "grøde") | sample_with("240", "a", "markens", "grøde")
    assert len(expected) > 1
    for query in ('alma.title="Markens grøde"', 'bs.tittel="MARKENS grøde"', 'dc.title all "grøde markens"'):
        assert _all(search, query) == expected


def test_norwegian_forms_and_spellings_find_each_other(search: Search) -> None:
    romans = sample_with("655", "a", "romaner")
    assert romans
    for word in ("roman", "romanen", "romanar", "romaner"):
        assert romans <= _all(search, f"dc.subject={word}")
    assert _all(search, 'title="markens grode"') == _all(search, 'title="markens grøde"')


def test_a_record_is_found_by_its_number(search: Search) -> None:
    root = search("rec.identifier=nbkg0012")
    assert names(root) == ["nbkg0012"]
    number = root.findtext(f".//{MARC}controlfield[@tag='001']")
    assert number == "nbkg0012"
    assert _all(search, "alma.mms_id==nbkg0012") == _all(search, "bs.objektid=NBKG0012") == {"nbkg0012"}


def test_an_isbn_is_found_with_hyphens_without_and_in_ten_digits(search: Search) -> None:
    record = min(sample_with("020", "a", "978"))
    isbn = search(f"rec.identifier={record}").findtext(f".//{MARC}datafield[@tag='020']/{MARC}subfield[@code='a']")
    check = str((11 - sum((10 - place) * int(digit) for place, digit in enumerate(isbn[3:12])) % 11) % 11)
    short = isbn[3:12] + check.replace("10", "X")
    written = (isbn, f"{isbn[:3]}-{isbn[3:5]}-{isbn[5:12]}-{isbn[12]}", short, f"{short[:2]} {short[2:9]} {short[9]}")
    for index in ("bs.isbn", "alma.isbn", "bib.isbn", "isbn"):
        assert all(record in _all(search, f'{index}="{each}"') for each in written)
    assert record in _all(search, f"bs.isbn={isbn[:-2]}*")


@pytest.mark.parametrize(
    ("query", "same_as"),
    [
        ("ibsen and dc.language=eng", "dc.language=eng and ibsen"),
        ("ibsen or hamsun", 'any any "ibsen hamsun"'),
        ("ibsen not (ibsen not dc.language=eng)", "ibsen and dc.language=eng"),
        ("cql.allRecords=1 not dc.language<>nno", "dc.language=nno"),
        ('date within "1880 1890"', "date>=1880 and dc.date<=1890"),
        ("bs.ar>1880 and date<1890", 'alma.main_pub_date within "1881 1889"'),
        ('language any "nno eng"', "language=nno or language=eng"),
        ('> x="info:srw/cql-context-set/1/dc-v1.1" x.title=sult', "dc.title=sult"),
        ("title=mark*", "title=markens or title=mark or title=marken or title=mark*"),
    ],
)
def test_queries_that_mean_the_same_find_the_same(search: Search, query: str, same_as: str) -> None:
    result = _all(search, query)
    assert result == _all(search, same_as)
    assert 0 < len(result) < ALL


def test_a_whole_title_is_exact(search: Search) -> None:
    whole, words = _all(search, 'title=="Et dukkehjem"'), _all(search, 'title="dukkehjem et"')
    assert whole <= words
    assert _all(search, 'title exact "dukkehjem et"') == _all(search, 'title adj "dukkehjem et"') == set()


def test_all_records_are_those_that_are_not_deleted(search: Search) -> None:
    assert size(search("cql.allRecords=1", maximumRecords=0)) == ALL
    assert size(search("title=slettet")) == 0


def test_results_come_in_the_order_that_is_asked_for(search: Search) -> None:
    def years(query: str, **more: object) -> list[str]:
        root = search(query, maximumRecords=100, **more)
        return [each.text[7:11] for each in root.iter(f"{MARC}controlfield") if each.get("tag") == "008"]

    ascending = years("ibsen sortBy dc.date")
    assert ascending == sorted(ascending)
    assert years("ibsen sortBy alma.main_pub_date/sort.descending") == sorted(ascending, reverse=True)
    assert years("ibsen", sortKeys="dc.date,,0") == sorted(ascending, reverse=True)
    assert len(set(ascending)) > 2
    assert names(search("ibsen sortBy alma.rank/sort.descending")) == names(search("ibsen"))


def test_titles_sort_as_in_norwegian(search: Search) -> None:
    root = search("cql.allRecords=1 sortBy title", maximumRecords=100)
    fields = [each for each in root.iter(f"{MARC}datafield") if each.get("tag") == "245"]
    titles = [each.findtext(f"{MARC}subfield[@code='a']")[int(each.get("ind2")) :].lower() for each in fields]
    firsts = [title.lstrip('«"')[0] for title in titles]
    order = "0123456789abcdefghijklmnopqrstuvwxyzæøå"
    known = [order.index(letter) for letter in firsts if letter in order]
    assert known == sorted(known)


def test_pages_go_on_without_gaps(search: Search) -> None:
    root = search("cql.allRecords=1", maximumRecords=7)
    seen = names(root)
    while position := root.findtext("{*}nextRecordPosition"):
        root = search("cql.allRecords=1", maximumRecords=7, startRecord=position)
        seen += names(root)
    assert (len(seen), len(set(seen))) == (ALL, ALL)
    assert [each.text for each in root.iter("{*}recordPosition")][-1] == str(ALL)


def test_every_index_that_explain_names_can_be_searched(search: Search) -> None:
    for index in index_table().indexes:
        for name in index.names:
            assert diagnostics(search(f"{name}=1", maximumRecords=0)) == [], name


@pytest.mark.parametrize(
    ("schema", "root_name"),
    [
        ("marcxml", "{http://www.loc.gov/MARC21/slim}record"),
        ("info:srw/schema/1/marcxml-v1.1", "{http://www.loc.gov/MARC21/slim}record"),
        ("dc", "{info:srw/schema/1/dc-schema}dc"),
        ("mods", "{http://www.loc.gov/mods/v3}mods"),
    ],
)
def test_records_come_in_the_wanted_schema(search: Search, schema: str, root_name: str) -> None:
    for packing in ("xml", "string"):
        root = search("cql.allRecords=1", recordSchema=schema, recordPacking=packing, maximumRecords=100)
        data = list(root.iter("{*}recordData"))
        elements = [each[0] if packing == "xml" else etree.fromstring(each.text) for each in data]
        assert {element.tag for element in elements} == {root_name}
        assert len(elements) == ALL


def test_mods_has_title_names_and_language(search: Search) -> None:
    (mods,) = search("rec.identifier=nbkg0012", recordSchema="mods").iter("{http://www.loc.gov/mods/v3}mods")
    assert mods.findtext("{*}titleInfo/{*}title") == "Nora"
    assert mods.findtext("{*}titleInfo/{*}subTitle") == "a play in three acts"
    assert [each.text for each in mods.iterfind("{*}name/{*}namePart")][:2] == ["Ibsen, Henrik", "1828-1906"]
    assert "eng" in [each.text for each in mods.iter("{*}languageTerm")]


def test_version_2_has_its_own_elements(sru: FlaskClient) -> None:
    response = sru.get("/sru?query=ibsen&maximumRecords=1", headers={"Accept": "application/sru+xml"})
    assert response.mimetype == "application/sru+xml"
    root = etree.fromstring(response.data)
    assert root.tag == f"{SRU}searchRetrieveResponse"
    assert root.findtext(f".//{SRU}recordXMLEscaping") == "xml"
    assert root.find(f"{SRU}version") is None


def test_a_search_that_takes_too_long_is_given_up(sru: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_listing, "_STEPS", 1)
    monkeypatch.setattr(record_listings, "open_record_listing", partial(record_listing.open_record_listing, seconds=-1))
    assert diagnostics(etree.fromstring(sru.get("/sru?query=ibsen").data)) == [1]
    assert sru.get("/oai?verb=ListSets").status_code == 503
