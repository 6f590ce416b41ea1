"""Identifiers in the forms in which people, records and programs write them, and the one form of each."""

from __future__ import annotations

import pytest

from nbkg.identifiers.identifier_reading import known_schemes, read_as, read_identifiers

ISNI, GND, LCNAF = "isni-0000000099920018", "gnd-99900003X", "lcnaf-n79021164"
FORMS = {
    ISNI: (
        "0000 0000 9992 0018|0000-0000-9992-0018|ISNI0000000099920018|ISNI 0000 0000 9992 0018|ISNI:0000000099920018|"
        "(isni)0000000099920018|(ISNI) 0000 0000 9992 0018|urn:isni:0000000099920018|http://www.isni.org/0000000099920018|"
        "https://isni.org/isni/0000000099920018|http://isni.org/isni/0000000099920018/|https://www.isni.org/isni/0000000099920018#a|"
        "https://isni.org/page/0000000099920018|HTTPS://ISNI.ORG/isni/0000000099920018|<https://isni.org/isni/0000000099920018>|"
        "0000\u20110000\u20119992\u20110018|0000\u22120000\u22129992\u22120018|\ufeff0000000099920018\u200b|"
        "００００００００９９９２００１８|https://isni.org/isni/0000%200000%209992%200018|(uri)https://isni.org/isni/0000000099920018"
    ),
    "isni-000000009993003X": "000000009993003x|0000 0000 9993 003X|https://isni.org/isni/000000009993003x",
    "viaf-99900099": (
        "https://viaf.org/viaf/99900099/#Lie,_Jon|http://viaf.org/viaf/99900099|VIAF:99900099|"
        "(VIAF)99900099|http://www.viaf.org/viaf/99900099/rdf.xml|https://viaf.org/en/viaf/99900099|viaf 99900099"
    ),
    "wikidata-Q99999999": (
        "q99999999|Q99999999|https://www.wikidata.org/wiki/Q99999999|http://www.wikidata.org/entity/Q99999999|"
        "https://m.wikidata.org/wiki/Q99999999|https://www.wikidata.org/wiki/Special:EntityPage/Q99999999#P31|wd:Q99999999|"
        "https://www.wikidata.org/wiki/Special:EntityData/Q99999999.json|https://www.wikidata.org/w/index.php?title=Q99999999&action=edit"
    ),
    "hdl-11250/9990001": (
        "http://hdl.handle.net/11250/9990001|https://hdl.handle.net/11250/9990001/|http://www.handle.net/11250/9990001|"
        "11250/9990001|hdl:11250/9990001|info:hdl/11250/9990001|(hdl)11250/9990001|https://hdl.handle.net/11250/9990001?noredirect"
    ),
    "orcid-0000-0001-2345-6789": (
        "https://orcid.org/0000-0001-2345-6789|http://orcid.org/0000-0001-2345-6789|orcid.org/0000-0001-2345-6789|(orcid)0000000123456789|"
        "ORCID: 0000-0001-2345-6789|https://www.orcid.org/0000-0001-2345-6789/"
    ),
    "bibbi-9990001": "https://id.bs.no/bibbi/9990001|http://id.bs.no/bibbi/9990001/|(NO-OsBA)9990001|bibbi:9990001",
    GND: (
        "(DE-588)99900003X|(DE-588)99900003x|https://d-nb.info/gnd/99900003X|http://d-nb.info/gnd/99900003X/about/lds|"
        "GND 99900003X|(DE-588)https://d-nb.info/gnd/99900003X|gnd:99900003X"
    ),
    "gnd-4005728-8": "(DE-588)4005728-8|https://d-nb.info/gnd/4005728\u20108",
    "noraf-99901060": (
        "x99901060|(NO-TrBIB)99901060|(NO-TrBIB) x99901060|(no-trbib)99901060|noraf-99901060|noraf:99901060|"
        "https://livedata.bibsys.no/authority/99901060|https://w3id.org/nbkg/id/agent/noraf-99901060|"
        "http://localhost:8000/doc/agent/noraf-99901060.ttl|https://authority.bibsys.no/authority/rest/authorities/html/99901060"
    ),
    LCNAF: (
        "n 79021164|n79021164|n 79-21164|n79-21164 |n  79021164 //r95|http://id.loc.gov/authorities/names/n79021164|"
        "https://id.loc.gov/authorities/names/n79021164.html|http://id.loc.gov/rwo/agents/n79021164|"
        "(DLC)n 79021164|lccn:n79021164"
    ),
    "lcnaf-n79000164": "n 79-164",
    "orgnr-976029100": "NO 976 029 100 MVA|org.nr. 976 029 100|https://data.brreg.no/enhetsregisteret/api/enheter/976029100",
    "isil-NO-0030100": "NO-0030100|ISIL NO-0030100|NO\u20130030100",
    "isbn-9788205000001": "ISBN 978-82-05-00000-1|9788205000001|978 82 05 00000 1",
    "issn-0029-1897": "0029-1897|ISSN 00291897|https://portal.issn.org/resource/ISSN/0029-1897",
    "ismn-9790201899992": "M-2018-9999-2|979-0-2018-9999-2",
    "doi-10.99999/abc.def": "10.99999/ABC.Def|https://dx.doi.org/10.99999/ABC.Def|doi:10.99999/abc.def|https://hdl.handle.net/10.99999/abc.def",
    "urn-nbn-URN:NBN:no-nb_digibok_1": (
        "urn:nbn:no-nb_digibok_1|URN:NBN:no-nb_digibok_1|https://urn.nb.no/URN:NBN:no-nb_digibok_1|"
        "https://www.nb.no/items/URN:NBN:no-nb_digibok_1?page=3"
    ),
}
CASES = [(form, key) for key, forms in FORMS.items() for form in forms.split("|")]
NOTHING = [
    "",
    "Vik, Tor",
    "0000000099920019",
    "https://isni.org/isni/0000000099920019",
    "https://example.org/viaf/12",
    "Q",
    "12345678901234567890123",
    "x" * 900,
]


@pytest.mark.parametrize(("form", "key"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_each_form_of_an_identifier_is_read_as_the_same_one(form: str, key: str) -> None:
    assert [each.key for each in read_identifiers(form) if each.is_certain][:1] == [key]


@pytest.mark.parametrize("text", NOTHING)
def test_words_wrong_numbers_and_addresses_of_others_identify_nothing(text: str) -> None:
    assert read_identifiers(text) == ()


def test_a_bare_number_has_a_reading_for_each_register_with_such_numbers() -> None:
    readings = read_identifiers("99902003")
    assert [each.scheme for each in readings] == ["noraf", "bibbi", "viaf"]
    assert not any(each.is_certain for each in readings)


def test_the_iri_of_a_number_is_that_of_its_register() -> None:
    assert read_identifiers("(DE-588)99900003x")[0].iri == "https://d-nb.info/gnd/99900003X"
    assert read_identifiers("q42")[0].iri == "http://www.wikidata.org/entity/Q42"
    assert read_identifiers("n 79-21164")[0].iri == "http://id.loc.gov/authorities/names/n79021164"


@pytest.mark.parametrize(
    ("scheme", "text", "key", "fault"),
    [
        ("isni", "0000000099920018", ISNI, ""),
        ("uri", "https://isni.org/isni/0000000099920018", ISNI, ""),
        ("isni", "0000000099920019", "isni-0000000099920019", "check-digit"),
        ("isni", "", "isni-", "form"),
        ("orcid", "0000-0001-2345-6789", "orcid-0000-0001-2345-6789", ""),
        ("NO-TrBIB", "x99901060", "noraf-99901060", ""),
        ("viaf", "99900099", "viaf-99900099", ""),
        ("viaf", "https://example.org/99900099", "viaf-https://example.org/99900099", "scheme"),
        ("gnd", "99900003X", GND, ""),
        ("swd", "4005728-8", "gnd-4005728-8", ""),
        ("naf", "n 79021164", LCNAF, ""),
        ("dma", "123", "dma-123", "scheme"),
        ("", "4711", "-4711", "scheme"),
    ],
)
def test_a_number_is_read_in_the_register_that_is_named(scheme: str, text: str, key: str, fault: str) -> None:
    identifier = read_as(scheme, text)
    assert (identifier.key, identifier.fault) == (key, fault)


def test_the_one_form_of_a_number_is_read_as_itself() -> None:
    keys = {key for _form, key in CASES}
    for key in sorted(keys):
        scheme = next(one for one in sorted(known_schemes(), key=len, reverse=True) if key.startswith(f"{one}-"))
        number = key.removeprefix(f"{scheme}-")
        again = known_schemes()[scheme].read_number(number)
        assert (again.number, again.fault) == (number, "")
        assert not again.iri or read_identifiers(again.iri)[:1] == (again,) or scheme == "isbn"
