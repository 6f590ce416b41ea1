"""The cases of the trade about bibliographic mapping: each becomes what its `right` values say."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import CASES, Mapped, case, record, records_of


def _dates(mapped: Mapped, instance: str, kind: str = "bf:Publication") -> list[str]:
    nodes = [node for node in mapped.objects(instance, "bf:provisionActivity") if kind in mapped.objects(node, "a")]
    return sorted({date for node in nodes for date in mapped.objects(node, "bf:date")})


def test_st03_records_without_a_number_are_four_things_in_any_order() -> None:
    mapped = case("st03_two_001_and_none.mrc")
    instances = mapped.of_class("bf:Instance")
    assert len(instances) == 4
    assert "id:instance/test/st03-first" in instances
    assert "id:instance/test/035-(NO-0000002)77001" in instances
    assert mapped.number("bf:Local", "id:record/test/st03-first").keys() == {"st03-first", "5"}
    assert ("001", "repeated-001") in mapped.doubts()
    again = Mapped(reversed(records_of(CASES / "st03_two_001_and_none.mrc")))
    assert again.of_class("bf:Instance") == instances


def test_mp01_one_agent_one_title_one_publication_in_two_scripts() -> None:
    mapped = case("mp01_880_pairs_and_unlinked.mrc")
    persons = mapped.of_class("bf:Person")
    assert sorted(mapped.objects(person, "rdfs:label") for person in persons) == [
        ["T͡Svetkov, I. I.", "Цветков, И. И.@ru-cyrl"],
        ["Лебедев, А. А.@ru-cyrl"],
    ]
    assert mapped.objects("id:instance/test/mp01#title", "bf:mainTitle") == ["Zima na severe", "Зима на севере@ru-cyrl"]
    [publication] = mapped.of_class("bf:Publication")
    assert mapped.path(publication, "bf:place", "rdfs:label") == ["Murmansk", "Мурманск@ru-cyrl"]
    assert mapped.path(publication, "bf:agent", "rdfs:label") == ["Sever", "Север@ru-cyrl"]
    assert mapped.objects("id:instance/test/mp01", "bf:publicationStatement") == [
        "Murmansk : Sever, 2011",
        "Мурманск : Север, 2011@ru-cyrl",
    ]
    [illustrator] = [person for person in persons if len(mapped.objects(person, "rdfs:label")) == 1]
    [contribution] = [
        node for node in mapped.of_class("bf:Contribution") if illustrator in mapped.objects(node, "bf:agent")
    ]
    assert mapped.objects(contribution, "bf:role") == ["relators:ill"]
    assert mapped.doubts().count(("880", "unpaired-script")) == 1


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


def test_mp06_volumes_that_differ_in_their_parts_are_three_things() -> None:
    mapped = case("mp06_volumes_n_p.mrc")
    assert len(mapped.of_class("bf:Instance")) == 3
    assert len(mapped.of_class("bf:Hub")) == 3
    assert len(mapped.of_class("bf:Work")) == 3
    title = "id:instance/test/mp06a#title"
    assert mapped.objects(title, "bf:mainTitle") == ["Samlede dramaer"]
    assert mapped.objects(title, "bf:partNumber") == ["Bind 1"]
    assert mapped.objects(title, "bf:partName") == ["Ungdomsarbeider"]
    assert mapped.objects("id:instance/test/mp06a", "rdfs:label") == ["Samlede dramaer. Bind 1, Ungdomsarbeider"]


def _languages(mapped: Mapped, key: str) -> list[str]:
    [work] = mapped.objects(f"id:instance/test/{key}", "bf:instanceOf")
    return [each for each in mapped.objects(work, "bf:language") if each.startswith("languages:")]


def _part_languages(mapped: Mapped, key: str) -> list[tuple[str, str]]:
    [work] = mapped.objects(f"id:instance/test/{key}", "bf:instanceOf")
    nodes = [node for node in mapped.objects(work, "bf:language") if mapped.objects(node, "bf:part")]
    return sorted((mapped.objects(node, "bf:part")[0], mapped.objects(node, "rdf:value")[0]) for node in nodes)


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


def _agent(mapped: Mapped, label: str) -> str:
    [agent] = [person for person in mapped.of_class("bf:Person") if label in mapped.objects(person, "rdfs:label")]
    return agent


def test_mp15_numbers_of_authorities_in_every_dress() -> None:
    mapped = case("mp15_zero_and_one_variants.mrc")
    agents = {number: _agent(mapped, f"Person {number}, Test") for number in (*[f"{n:02}" for n in range(2, 14)], "90")}
    noraf = mapped.objects("id:agent/noraf-99900001", "rdfs:label")
    assert noraf == ["Person 00, Test", "Person 01, Test"]
    assert agents["03"] == "id:agent/bibbi-1199001"
    assert mapped.objects("id:agent/bibbi-1199001", "rdfs:label") == ["Person 03, Test", "Person 04, Test"]
    assert agents["05"] == agents["06"] == "id:agent/gnd-99900003X"
    assert mapped.objects(agents["05"], "madsrdf:isIdentifiedByAuthority") == ["https://d-nb.info/gnd/99900003X"]
    assert agents["07"] == agents["08"] == "id:agent/lcnaf-n99900001"
    assert mapped.objects(agents["09"], "owl:sameAs") == ["https://isni.org/isni/0000000099900017"]
    assert mapped.objects(agents["11"], "madsrdf:isIdentifiedByAuthority") == ["http://viaf.org/viaf/99900009"]
    assert mapped.path(agents["12"], "bf:identifiedBy", "rdf:value") == ["000199001"]
    assert mapped.path(agents["12"], "bf:identifiedBy", "bf:source", "bf:code") == ["FIN11"]
    assert all(agents[number].startswith("id:agent/test/") for number in ("02", "10", "12", "13"))
    assert mapped.omissions("700") == [("0", "number-without-source"), ("0", "check-digit"), ("0", "empty")]


def test_mp15_several_numbers_are_one_agent_and_one_concept() -> None:
    mapped = case("mp15_zero_and_one_variants.mrc")
    agent = _agent(mapped, "Person 90, Test")
    assert agent == "id:agent/noraf-99900090"
    assert mapped.objects(agent, "madsrdf:isIdentifiedByAuthority") == ["https://d-nb.info/gnd/99900090X"]
    assert mapped.objects(agent, "owl:sameAs") == [
        "http://www.wikidata.org/entity/Q99999990",
        "https://isni.org/isni/0000000099900906",
    ]
    [topic] = mapped.of_class("bf:Topic")
    assert topic == "id:concept/humord/99901"
    assert mapped.objects(topic, "skos:inScheme") == ["id:concept/humord"]
    assert mapped.objects(topic, "skos:closeMatch") == ["https://id.nb.no/vocabulary/ntsf/999"]


def _roles(mapped: Mapped, label: str) -> list[str]:
    agents = {node for kind in ("Person", "Organization", "Meeting") for node in mapped.of_class(f"bf:{kind}")}
    [agent] = [each for each in agents if label in mapped.objects(each, "rdfs:label")]
    nodes = [*mapped.of_class("bf:Contribution"), *mapped.of_class("bf:PrimaryContribution")]
    roles = {
        role for node in nodes if agent in mapped.objects(node, "bf:agent") for role in mapped.objects(node, "bf:role")
    }
    return sorted(
        (mapped.objects(role, "bf:code") or mapped.objects(role, "rdfs:label") or [role])[0] for role in roles
    )


def test_mp17_roles_by_code_word_and_iri() -> None:
    mapped = case("mp17_roles_codes_uris.mrc")
    assert _roles(mapped, "Vik, Tor") == ["relators:aut", "relators:ill"]
    assert _roles(mapped, "Lie, Eva") == ["relators:trl"]
    assert _roles(mapped, "Aas, Ola") == ["relators:trl"]
    assert _roles(mapped, "Berg, Siv") == ["relators:trl"]
    assert _roles(mapped, "Moe, Per") == ["bjd"]
    assert _roles(mapped, "Havinstituttet") == ["relators:pbl"]
    assert _roles(mapped, "Kystkonferansen (2019 : Bodø)") == ["arrangør"]
    assert _roles(mapped, "Dal, Knut") == ["http://rdaregistry.info/Elements/a/P50195", "relators:aut"]


def test_mp17_the_role_after_a_title_is_how_the_work_relates() -> None:
    mapped = case("mp17_roles_codes_uris.mrc")
    [work] = mapped.objects("id:instance/test/mp17", "bf:instanceOf")
    [part] = mapped.objects(work, "bf:hasPart")
    assert mapped.objects(part, "rdfs:label") == ["Vårnatt"]
    assert mapped.path(work, "bf:relation", "bf:relationship") == ["http://rdaregistry.info/Elements/e/P20145"]
    assert mapped.path(work, "bf:relation", "bf:associatedResource") == [part]


def test_mp19_a_family_is_one_and_three_olavs_are_three() -> None:
    mapped = case("mp19_family_kings_subdivisions.mrc")
    [family] = mapped.of_class("bf:Family")
    assert mapped.objects(family, "rdfs:label") == ["Vik (slekt : Værøy)"]
    labels = [label for person in mapped.of_class("bf:Person") for label in mapped.objects(person, "rdfs:label")]
    assert sorted(labels) == [
        "Olav (helgen)",
        "Olav IV, konge av Norge, 1370-1387",
        "Olav V, konge av Norge, 1903-1991",
        "Vik, Tor, 1931-2009",
    ]
    [work] = mapped.objects("id:instance/test/mp19", "bf:instanceOf")
    complexes = {mapped.objects(node, "rdfs:label")[0]: node for node in mapped.objects(work, "bf:subject")}
    assert complexes.keys() == {"Vik (slekt : Værøy)--Brev--Lofoten--1800-tallet", "Vik, Tor, 1931-2009--Bibliografi"}
    parts = mapped.objects(complexes["Vik (slekt : Værøy)--Brev--Lofoten--1800-tallet"], "dcterms:hasPart")
    assert family in parts
    assert len(parts) == 4


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


def test_mp32_control_numbers_and_who_gave_them() -> None:
    mapped = case("mp32_control_numbers.mrc", "default")
    assert mapped.of_class("bf:Instance") == ["id:instance/test/mp32a", "id:instance/test/mp32b%2F1%20%C3%A6"]
    [local] = [node for node in mapped.of_class("bf:Local") if mapped.objects(node, "rdf:value") == ["mp32a"]]
    assert mapped.objects(local, "bf:assigner") == []
    assert mapped.number("bf:Lccn", "id:instance/test/mp32a") == {"n99900101": []}
    assert mapped.number("bf:OclcNumber", "id:record/test/mp32a") == {
        "99901": [],
        "1099999901": [],
        "99902": ["mstatus:cancinv"],
    }
    assert ("a", "number-without-source") in mapped.omissions("035")


def test_mp33_names_that_differ_in_punctuation_only_are_one() -> None:
    mapped = case("mp33_names_punctuation.mrc")
    agents = {}
    for letter in "abcdefghij":
        [work] = mapped.objects(f"id:instance/test/mp33{letter}", "bf:instanceOf")
        [agents[letter]] = mapped.path(work, "bf:contribution", "bf:agent")
    groups = [["a", "b", "c"], ["e", "f", "g", "h"], ["d"], ["i"], ["j"]]
    assert [len({agents[letter] for letter in group}) for group in groups] == [1] * 5
    assert len(set(agents.values())) == 5
    assert mapped.objects(agents["a"], "rdfs:label") == ["Vik, T. S."]
    assert mapped.objects(agents["i"], "rdfs:label") == ["Vik, Tor, 1931-"]
    assert mapped.objects(agents["i"], "schema:birthDate") == ["1931"]


def test_mp35_people_that_differ_in_the_original_script_are_two() -> None:
    mapped = case("mp35_same_romanisation.mrc")
    agents = [
        mapped.path(f"id:instance/test/mp35{each}", "bf:instanceOf", "bf:contribution", "bf:agent") for each in "abc"
    ]
    assert agents[0] == agents[2] != agents[1]
    assert mapped.objects(agents[0][0], "rdfs:label") == ["Wang, Zhi", "王植@zh-hani"]


def test_mp36_repeated_fields_that_may_stand_once() -> None:
    mapped = case("mp36_repeated_non_repeatable.mrc")
    titles = {key: f"id:instance/test/{key}" for key in ("mp3601", "mp3602", "mp3603")}
    assert {key: mapped.objects(f"{node}#title", "bf:mainTitle") for key, node in titles.items()} == {
        "mp3601": ["Tang og tare"],
        "mp3602": ["Havnebok"],
        "mp3603": ["Fjære"],
    }
    variants = {
        key: [
            title
            for node in mapped.objects(instance, "bf:title")
            if "bf:VariantTitle" in mapped.objects(node, "a")
            for title in mapped.objects(node, "bf:mainTitle")
        ]
        for key, instance in titles.items()
    }
    assert variants == {"mp3601": ["Seaweed and kelp"], "mp3602": [], "mp3603": []}
    for instance in titles.values():
        [work] = mapped.objects(instance, "bf:instanceOf")
        kinds = [kind for node in mapped.objects(work, "bf:contribution") for kind in mapped.objects(node, "a")]
        assert kinds.count("bf:PrimaryContribution") == 1
    assert mapped.objects(titles["mp3602"], "bf:editionStatement") == ["2. utgave", "Lærerutgave"]
    assert ("008", "repeated-008") in mapped.doubts()
    assert ("a", "repeated") in mapped.omissions("245")
    assert _languages(mapped, "mp3602") == ["languages:nob"]


def test_mp27_collections_with_a_collective_title_are_two() -> None:
    mapped = case("mp27_collections_and_parts.mrc")
    hubs = [mapped.path(node, "bf:instanceOf", "bf:expressionOf") for node in mapped.of_class("bf:Instance")]
    assert hubs[0] != hubs[1]


def test_cs03_and_cs04_forms_of_one_name_are_one_agent() -> None:
    for name in ("cs03_nfc_and_nfd_twins.mrc", "cs04_ligature_half_marks_and_0361.mrc"):
        mapped = case(name)
        assert len(mapped.of_class("bf:Instance")) == 2
        assert len(mapped.of_class("bf:Person")) == 1
    assert len(case("cs03_nfc_and_nfd_twins.mrc").of_class("bf:Hub")) == 1


def test_cs06_the_control_character_is_the_euro_sign_in_the_graph() -> None:
    mapped = case("cs06_c1_control_and_999_first.xml")
    assert "249,00 €" in mapped.path("id:instance/test/cs06", "bf:identifiedBy", "bf:acquisitionTerms")


def test_st04_signs_for_blanks() -> None:
    mapped = case("st04_empty_hash_backslash_indicators.xml")
    [instance] = mapped.of_class("bf:Instance")
    [publication] = mapped.of_class("bf:Publication")
    assert mapped.path(publication, "bf:place", "rdfs:label") == ["Bodø"]
    assert "countries:no" in mapped.objects(publication, "bf:place")
    assert _dates(mapped, instance) == ["2001"]
    assert mapped.path(instance, "bf:instanceOf", "bf:language") == ["languages:nob"]


def test_st06_parts_pair_in_their_order_and_nothing_empty_becomes_a_label() -> None:
    mapped = case("st06_subfield_order_and_empty.json")
    labels = mapped.objects(None, "rdfs:label")
    assert "" not in labels
    [instance] = mapped.of_class("bf:Instance")
    assert "Del 2, Skuespill. Bind 1, Komedier" in mapped.objects(instance, "rdfs:label")[0]


def test_st11_a_deleted_record_describes_nothing() -> None:
    mapped = case("st11_leader05_d.mrc")
    assert mapped.of_class("bf:Instance") == []
    [node] = mapped.of_class("bf:AdminMetadata")
    assert mapped.objects(node, "bf:status") == ["mstatus:d"]


@pytest.mark.parametrize("name", ["dd04_generic_titles.mrc", "dd08_adaptations.mrc", "dd10_yearly_titles.mrc"])
def test_hubs_that_records_share_are_those_of_the_labelled_sets(name: str) -> None:
    """The mapping never joins what the set holds apart; joining more is the work of clusters."""
    mapped = case(name)
    hubs: dict[str, list[str]] = {}
    for instance in mapped.of_class("bf:Instance"):
        [hub] = mapped.path(instance, "bf:instanceOf", "bf:expressionOf")
        hubs.setdefault(hub, []).append(instance.rpartition("/")[2][-1])
    joined = sorted(sorted(letters) for letters in hubs.values() if len(letters) > 1)
    allowed = {"dd04": [], "dd08": [["a", "b"]], "dd10": []}[name[:4]]
    assert [group for group in joined if group not in allowed] == []


def test_a_heading_with_a_number_names_the_same_heading_without_one_in_its_record() -> None:
    fields = ("245 10 $a Et liv", "600 14 $a Vik, Tor, $d 1931-2009")
    mapped = Mapped([record("100 1_ $a Vik, Tor, $d 1931-2009 $0 (NO-TrBIB)90000001", *fields)])
    assert mapped.of_class("bf:Person") == ["id:agent/noraf-90000001"]


@pytest.mark.parametrize(
    "original",
    [
        "240 10 $a The adventures of Tom Sawyer $l Norsk",
        "700 1_ $i Oversettelse av: $a Twain, Mark $t The adventures of Tom Sawyer",
    ],
)
def test_editions_of_a_translation_are_one_work_of_the_hub_that_has_the_original_title(original: str) -> None:
    author, translator = "100 1_ $a Twain, Mark", "700 1_ $a Vik, Tor $4 trl"
    norwegian = [
        record(f"001 n{n}", author, original, f"245 10 $a {title}", translator)
        for n, title in enumerate(("Tom Sawyer", "Tom Sawyer", "Tom Sawyer og eventyra hans"))
    ]
    english = record(
        "001 e", "008 240101s2024    no            000 0 eng  ", author, "245 14 $a The adventures of Tom Sawyer"
    )
    mapped = Mapped([*norwegian, english])
    [hub] = mapped.of_class("bf:Hub")
    assert len(mapped.of_class("bf:Work")) == 2
    assert len(mapped.of_class("bf:Instance")) == 4
    assert mapped.objects(hub, "rdfs:label") == ["The adventures of Tom Sawyer"]
    assert mapped.path(hub, "bf:title", "bf:mainTitle") == ["The adventures of Tom Sawyer"]
