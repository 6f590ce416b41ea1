"""The cases of the trade about titles, identity and records as a whole: each becomes what its `right` values say."""

from __future__ import annotations

import pytest

from tests.loader.marc.mapped import CASES, Mapped, case, record, records_of


def _dates(mapped: Mapped, instance: str, kind: str = "bf:Publication") -> list[str]:
    nodes = [node for node in mapped.objects(instance, "bf:provisionActivity") if kind in mapped.objects(node, "a")]
    return sorted({date for node in nodes for date in mapped.objects(node, "bf:date")})


def _languages(mapped: Mapped, key: str) -> list[str]:
    [work] = mapped.objects(f"id:instance/test/{key}", "bf:instanceOf")
    return [each for each in mapped.objects(work, "bf:language") if each.startswith("languages:")]


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


def test_a_title_statement_without_a_title_gives_no_empty_label() -> None:
    mapped = Mapped([record("245 10 $c Åse Øyen")])
    assert mapped.objects("id:instance/test/r1", "rdfs:label") == []
    assert mapped.objects("id:instance/test/r1", "bf:responsibilityStatement") != []


def test_mp29_maps_with_one_generic_title_and_scale_are_three() -> None:
    mapped = case("mp29_maps_generic_title.mrc")
    instances = mapped.of_class("bf:Instance")
    assert instances == ["id:instance/test/mp29a", "id:instance/test/mp29b", "id:instance/test/mp29c"]
    assert len({hub for each in instances for hub in mapped.path(each, "bf:instanceOf", "bf:expressionOf")}) == 3
