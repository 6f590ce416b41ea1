"""Numbers, codes and dates of records, by the cases of the trade: each becomes what its `right` values say."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import CASES, Mapped, case, record, records_of


def _dates(mapped: Mapped, instance: str, kind: str = "bf:Publication") -> list[str]:
    nodes = [node for node in mapped.objects(instance, "bf:provisionActivity") if kind in mapped.objects(node, "a")]
    return sorted({date for node in nodes for date in mapped.objects(node, "bf:date")})


def _languages(mapped: Mapped, key: str) -> list[str]:
    [work] = mapped.objects(f"id:instance/test/{key}", "bf:instanceOf")
    return [each for each in mapped.objects(work, "bf:language") if each.startswith("languages:")]


def _part_languages(mapped: Mapped, key: str) -> list[tuple[str, str]]:
    [work] = mapped.objects(f"id:instance/test/{key}", "bf:instanceOf")
    nodes = [node for node in mapped.objects(work, "bf:language") if mapped.objects(node, "bf:part")]
    return sorted((mapped.objects(node, "bf:part")[0], mapped.objects(node, "rdf:value")[0]) for node in nodes)


def test_mp02_publication_once_and_copyright_is_no_publication() -> None:
    mapped = case("mp02_264_indicators_and_260.mrc")
    instance = "id:instance/test/mp02"
    assert len(mapped.of_class("bf:Publication")) == 1
    assert _dates(mapped, instance) == ["2015"]
    assert _dates(mapped, instance, "bf:Production") == ["2013"]
    assert _dates(mapped, instance, "bf:Manufacture") == ["2016"]
    assert len(mapped.of_class("bf:Distribution")) == 1
    assert mapped.objects(instance, "bf:copyrightDate") == ["2014"]
    assert mapped.objects(instance, "bf:phonogramDate") == ["2012"]


def test_mp08_codes_of_languages_are_cut_mapped_or_reported() -> None:
    mapped = case("mp08_041_old_and_other_lists.mrc")
    assert _languages(mapped, "mp08a") == ["languages:eng", "languages:fre"]
    assert _part_languages(mapped, "mp08a") == [("original", "languages:grc")]
    assert _languages(mapped, "mp08b") == ["languages:nno", "languages:nob", "languages:sme"]
    assert _part_languages(mapped, "mp08b") == [("summary", "languages:eng")]
    assert _languages(mapped, "mp08c") == ["languages:nob", "languages:sme"]
    assert _languages(mapped, "mp08d") == ["languages:eng"]
    assert ("041", "language-code") in mapped.doubts()
    assert _languages(mapped, "mp08e") == ["languages:smj"]
    assert _part_languages(mapped, "mp08e") == [("original", "languages:nob")]
    [work] = mapped.objects("id:instance/test/mp08e", "bf:instanceOf")
    assert "smj-Latn" in mapped.path(work, "bf:language", "bf:code")


@pytest.mark.parametrize(
    ("letter", "numbers"),
    [
        ("a", {"9788299990301": []}),
        ("b", {"9788299990301": []}),
        ("c", {"9788299990301": []}),
        ("d", {"9788299990318": ["mstatus:cancinv"]}),
        ("e", {"9788299990301": [], "9788299990318": []}),
        ("f", {}),
        ("g", {"9788299990302": ["mstatus:cancinv"]}),
        ("h", {"82999903": ["mstatus:cancinv"]}),
        ("i", {"9788299990325": []}),
        ("j", {"9788299999332": ["mstatus:cancinv"]}),  # its digits as they stand in the record; the last is wrong
        ("k", {"9788299990059": []}),
    ],
)
def test_mp10_isbn_as_they_are_written(letter: str, numbers: dict[str, list[str]]) -> None:
    assert case("mp10_isbn_variants.mrc").number("bf:Isbn", f"id:instance/test/mp10{letter}") == numbers


def test_mp10_qualifiers_and_terms_are_no_part_of_the_number() -> None:
    mapped = case("mp10_isbn_variants.mrc")
    qualifiers = {
        letter: mapped.path(f"id:instance/test/mp10{letter}", "bf:identifiedBy", "bf:qualifier") for letter in "abi"
    }
    assert qualifiers == {"a": ["ib."], "b": ["innb."], "i": ["EPUB", "e-bok"]}
    terms = {
        letter: mapped.path(f"id:instance/test/mp10{letter}", "bf:identifiedBy", "bf:acquisitionTerms")
        for letter in "ak"
    }
    assert terms == {"a": ["kr 249.00"], "k": ["hft."]}
    assert mapped.objects("id:instance/test/mp10f", "bf:acquisitionTerms") == ["kr 99.00"]
    assert mapped.path("id:instance/test/mp10c", "bf:identifiedBy", "bf:note", "rdf:value") == ["8299990300"]
    assert ("020", "two-numbers") in mapped.doubts()


def test_mp12_other_standard_numbers() -> None:
    mapped = case("mp12_024_types.mrc")
    instance = "id:instance/test/mp12"
    assert mapped.number("bf:Isrc", instance) == {"NO-XXX-24-00001": []}
    assert mapped.number("bf:Upc", instance) == {"012345678905": []}
    assert mapped.number("bf:Ismn", instance) == {"9790201899992": []}
    assert mapped.number("bf:Isbn", instance) == {"9788299990509": []}
    assert mapped.number("bf:Doi", instance) == {"10.99999/abc.def": []}
    assert mapped.number("bf:Hdl", instance) == {"11250/999999": []}
    assert mapped.number("bf:Urn", instance) == {"URN:NBN:no-nb_digibok_0000000000009": []}
    assert mapped.number("bf:Identifier", instance) == {
        "ABC-77": [],
        "0000-uten-kilde": [],
        "77-feil": ["mstatus:cancinv"],
    }
    links = mapped.path(instance, "bf:identifiedBy", "owl:sameAs")
    assert links == [
        "https://doi.org/10.99999/abc.def",
        "https://hdl.handle.net/11250/999999",
        "https://urn.nb.no/URN:NBN:no-nb_digibok_0000000000009",
    ]
    assert "partitur" in mapped.path(instance, "bf:identifiedBy", "bf:qualifier")
    assert ("024", "no-source") in mapped.doubts()


@pytest.mark.parametrize(
    ("letter", "dates"),
    [
        ("a", {"2010?"}),
        ("b", {"2010"}),
        ("c", {"2020"}),
        ("d", {"[1995..2000]"}),
        ("e", {"19XX"}),
        ("f", {"197X"}),
        ("g", set()),
        ("h", {"1984/.."}),
        ("i", {"2011"}),
        ("j", {"2012-06-17"}),
        ("k", {"1799"}),
        ("l", {"2019"}),
        ("m", {"2014", "2104"}),
        ("n", {"1850~"}),
        ("o", {"2018-23"}),
        ("p", {"2015"}),
        ("q", {"2016"}),
        ("r", {"2001/2003"}),
    ],
)
def test_mp20_dates_of_publication(letter: str, dates: set[str]) -> None:
    mapped = case("mp20_dates_zoo.mrc")
    [record_] = [each for each in records_of(CASES / "mp20_dates_zoo.mrc") if each.control_number == f"mp20{letter}"]
    words = record_.fields_with("264")[0].values("c")
    instance = f"id:instance/test/mp20{letter}"
    assert set(_dates(mapped, instance)) - set(words) == dates - set(words)
    assert all(words[0].rstrip(".") in each for each in mapped.objects(instance, "bf:publicationStatement"))


def test_mp20_copyright_original_and_conflict() -> None:
    mapped = case("mp20_dates_zoo.mrc")
    assert mapped.objects("id:instance/test/mp20b", "bf:copyrightDate") == ["2009"]
    assert mapped.objects("id:instance/test/mp20l", "bf:copyrightDate") == ["2019"]
    assert mapped.path("id:instance/test/mp20p", "bf:instanceOf", "bf:originDate") == ["1899"]
    assert ("008", "date-conflict") in mapped.doubts()


def test_mp21_dates_by_their_type() -> None:
    mapped = case("mp21_dates_by_type.mrc")
    assert _dates(mapped, "id:instance/test/mp21a") == ["2010"]
    assert mapped.path("id:instance/test/mp21a", "bf:instanceOf", "bf:originDate") == ["1873"]
    assert ("008", "date-order") in mapped.doubts()
    assert mapped.path("id:instance/test/mp21b", "bf:instanceOf", "bf:originDate") == ["-0498/-0399"]
    assert mapped.objects("id:instance/test/mp21c", "bf:copyrightDate") == ["2012"]
    assert "2012" not in _dates(mapped, "id:instance/test/mp21c")
    assert _dates(mapped, "id:instance/test/mp21d", "bf:Distribution") == ["2008"]
    assert _dates(mapped, "id:instance/test/mp21d", "bf:Production") == ["1994"]
    assert _dates(mapped, "id:instance/test/mp21e") == ["1999"]
    assert _dates(mapped, "id:instance/test/mp21f") == ["1970/1985"]
    labels = {label for agent in mapped.of_class("bf:Agent") for label in mapped.objects(agent, "rdfs:label")}
    assert not [label for label in labels if "identifisert" in label]


def test_mp26_issn_of_this_form_and_linking() -> None:
    mapped = case("mp26_issn_roles.mrc")
    [work] = mapped.objects("id:instance/test/mp26", "bf:instanceOf")
    assert mapped.number("bf:IssnL", work) == {"9999-1209": [], "9999-1241": ["mstatus:cancinv"]}
    assert mapped.number("bf:Issn", "id:instance/test/mp26") == {
        "9999-1217": [],
        "9999-1225": [],
        "9999-1209": ["mstatus:incorrect"],
        "9999-1233": ["mstatus:cancinv"],
        "1234-567": ["mstatus:cancinv"],
    }
    links = {link for node in mapped.of_class("bf:Issn") for link in mapped.objects(node, "owl:sameAs")}
    assert links == {
        "https://portal.issn.org/resource/ISSN/9999-1217",
        "https://portal.issn.org/resource/ISSN/9999-1225",
    }


@pytest.mark.parametrize(
    ("field", "kind", "media", "carrier"),
    [
        ("007 cr||||", "bf:Electronic", ["mediaTypes/c"], ["carriers/cr"]),
        ("007 ta", "bf:Print", ["mediaTypes/n"], []),
        ("007 he||||", "bf:Microform", ["mediaTypes/h"], ["carriers/he"]),
        ("007 sd fsngn", "bf:Instance", ["mediaTypes/s"], ["carriers/sd"]),
        ("007 s  b", "bf:Instance", ["mediaTypes/s"], []),
        ("007 vd cvaiz", "bf:Instance", ["mediaTypes/v"], ["carriers/vd"]),
    ],
)
def test_007_says_media_and_carrier(field: str, kind: str, media: list[str], carrier: list[str]) -> None:
    mapped = Mapped([record(field)])
    start = "http://id.loc.gov/vocabulary/"
    assert kind in mapped.objects("id:instance/test/r1", "a")
    assert mapped.objects("id:instance/test/r1", "bf:media") == [start + each for each in media]
    assert mapped.objects("id:instance/test/r1", "bf:carrier") == [start + each for each in carrier]


def test_007_of_an_electronic_copy_is_of_the_copy() -> None:
    copy = "533 __ $a Elektronisk reproduksjon $b [Norge] $c Nasjonalbiblioteket Digital $d 2015-10-06"
    mapped = Mapped([record("007 cr||||", "007 ta", "264 _1 $a Oslo $c 1976", copy)])
    assert "bf:Electronic" not in mapped.objects("id:instance/test/r1", "a")
    assert "bf:Print" in mapped.objects("id:instance/test/r1", "a")
    [reproduction] = mapped.objects("id:instance/test/r1", "bf:hasReproduction")
    assert "bf:Electronic" in mapped.objects(reproduction, "a")


def test_terms_of_content_without_a_code_name_their_vocabulary() -> None:
    mapped = Mapped([record("336 __ $a tekst $2 rdaco")])
    assert mapped.path("id:work/test/r1", "bf:content", "bf:source", "bf:code") == ["rdaco"]
    assert mapped.omissions("336") == []


def test_numbers_before_another_subfield_have_no_end_mark() -> None:
    fields = (
        "022 __ $a 9999-1217 ;",
        "024 2_ $a M201899992 : $c kr 90",
        "024 0_ $a NOAAA2400001,",
        "030 __ $a ABCDEF :",
    )
    mapped = Mapped([record(*fields)])
    instance = "id:instance/test/r1"
    assert mapped.number("bf:Issn", instance) == {"9999-1217": []}
    assert mapped.number("bf:Ismn", instance) == {"9790201899992": []}
    assert mapped.number("bf:Isrc", instance) == {"NOAAA2400001": []}
    assert mapped.number("bf:Coden", instance) == {"ABCDEF": []}


@pytest.mark.parametrize("field", ["024 7_ $a {} $2 urn", "024 7_ $a {} $2 uri", "856 40 $u {}"])
@pytest.mark.parametrize("address", ["", "https://urn.nb.no/", "http://urn.nb.no/"])
@pytest.mark.parametrize("urn", ["URN:NBN:no-nb_digibok_1", "urn:nbn:no-nb_digibok_1", "URN:NBN:NO-nb_digibok_1"])
def test_a_norwegian_urn_has_one_form_wherever_it_stands(field: str, address: str, urn: str) -> None:
    mapped = Mapped([record(field.format(address + urn))])
    assert mapped.number("bf:Urn", "id:instance/test/r1") == {"URN:NBN:no-nb_digibok_1": []}
    links = {*mapped.objects(None, "bf:electronicLocator"), *mapped.objects(None, "owl:sameAs")}
    assert links == {"https://urn.nb.no/URN:NBN:no-nb_digibok_1"}


@pytest.mark.parametrize(
    ("title", "main", "subtitle", "parallel"),
    [
        ("$a Kuosuvaara = $b Bortom Kuosuvaara / $c Aune Niemi", "Kuosuvaara", [], [("Bortom Kuosuvaara", [])]),
        ("$a Lys : $b kunst = Light : art / $c X", "Lys", ["kunst"], [("Light", ["art"])]),
        ("$a Sámi = $b Samisk = Sami", "Sámi", [], [("Sami", []), ("Samisk", [])]),
        ("$a Likninga E = mc² $b forklart", "Likninga E = mc²", ["forklart"], []),
        ("$a Fjord : $b roman", "Fjord", ["roman"], []),
    ],
    ids=["a sign at the end", "behind a subtitle", "two", "an equation", "none"],
)  # fmt: skip
def test_what_stands_behind_the_sign_is_a_parallel_title(
    title: str, main: str, subtitle: list[str], parallel: list[tuple[str, list[str]]]
) -> None:
    mapped = Mapped([record(f"245 10 {title}")])
    assert mapped.objects("id:instance/test/r1#title", "bf:mainTitle") == [main]
    assert mapped.objects("id:instance/test/r1#title", "bf:subtitle") == subtitle
    nodes = mapped.of_class("bf:ParallelTitle")
    titles = [(mapped.objects(node, "bf:mainTitle")[0], mapped.objects(node, "bf:subtitle")) for node in nodes]
    assert sorted(titles) == parallel


def test_a_parallel_title_of_246_is_the_same_title() -> None:
    mapped = Mapped([record("245 10 $a Kuosuvaaran takana = $b Bortom Kuosuvaara", "246 31 $a Bortom Kuosuvaara")])
    assert len(mapped.of_class("bf:ParallelTitle")) == 1
