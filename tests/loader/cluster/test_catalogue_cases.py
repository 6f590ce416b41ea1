"""The cases of one book and of several, as records write them: which are one instance, and which one hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from loader.cluster.description.describe import describe_record
from loader.cluster.levels.catalogue_clusters import PersonAnswers, cluster_records
from loader.cluster.levels.level_settings import read_level_settings
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

CASES = Path(__file__).parents[1] / "marc" / "cases"
NOBODY = PersonAnswers()
EXPECTED = [
    ("dd01_volumes_written_five_ways", "instance", "ab cd e f"),
    ("dd02_editions_printings", "instance", "a bc d e"),
    ("dd02_editions_printings", "hub", "abcde"),
    ("dd06_isbn_not_proof", "instance", "a b c d ef"),
    ("dd08_adaptations", "hub", "ab c d e f"),
    ("dd10_yearly_titles", "instance", "a bc d e f g"),
    ("dd12_same_book_four_ways", "instance", "abcd"),
]


def clusters(records: Sequence[MarcRecord], answers: PersonAnswers = NOBODY) -> Mapping[str, list[list[str]]]:
    described = [describe_record(record, record.control_number.strip()) for record in records]
    return {
        level.level: sorted(sorted(described[place].key for place in cluster) for cluster in level.clusters)
        for level in cluster_records(described, read_level_settings(), answers)
    }


def read_case(name: str) -> list[MarcRecord]:
    return [item.record for item in read_marc_file(CASES / f"{name}.mrc") if isinstance(item, DeliveredRecord)]


@pytest.mark.parametrize(("name", "level", "expected"), EXPECTED)
def test_a_case_is_clustered_as_a_cataloguer_would(name: str, level: str, expected: str) -> None:
    prefix = name.partition("_")[0]
    wanted = [[f"{prefix}{letter}" for letter in group] for group in expected.split()]
    assert clusters(read_case(name))[level] == wanted


def test_a_generic_title_alone_joins_nothing() -> None:
    groups = clusters(read_case("dd04_generic_titles"))["hub"]
    assert [group for group in groups if len(group) > 1] == [["dd04b", "dd04b2"]]


def book(number: str, title: str, **others: str) -> MarcRecord:
    """Return a record of a book by Vik, Tor; `others` has subfields by tag: `t250="a3. utg."`."""
    leader = "00000nam a2200000 i 4500"
    fixed = f"240101s{others.pop('year', '2010')}    no            000 0 {others.pop('language', 'nob')}  "
    fields = {"100": "aVik, Tor", "264": "bSkarv", "300": "a200 s.", **{tag[1:]: text for tag, text in others.items()}}
    data = [MarcField(tag, "1 ", [(part[0], part[1:]) for part in text.split("$")]) for tag, text in fields.items()]
    return MarcRecord(
        leader,
        [MarcField("001", data=number), MarcField("008", data=fixed), MarcField("245", "10", [("a", title)]), *data],
    )


@pytest.mark.parametrize(
    ("title", "others", "levels"),
    [
        ("Havet", {}, "hub work instance"),
        ("Havet /", {"t264": "bSkarv forlag,", "t300": "a200, [3] sider"}, "hub work instance"),
        ("Havet", {"t250": "a2. oppl.", "t020": "a9788299992015"}, "hub work instance"),
        ("Havet", {"t250": "a3. utg."}, "hub work"),
        ("Havet", {"t250": "aRev. utg."}, "hub work"),
        ("Havet", {"year": "1990"}, "hub work"),
        ("Havet", {"t264": "bBokklubben"}, "hub work"),
        ("Havet", {"t300": "a1 nettressurs (200 s.)"}, "hub work"),
        ("Havet", {"t250": "aStor skrift"}, "hub work"),
        ("Havet", {"t300": "a5 CD-er (6 t)"}, "hub"),
        ("Havet", {"t250": "aForkortet utg."}, "hub"),
        ("Havet", {"language": "nno"}, "hub"),
        ("The sea", {"language": "eng", "t765": "tHavet"}, "hub"),
        ("The sea", {"language": "eng", "t500": "aOriginaltittel: Havet"}, "hub"),
        ("The sea", {"language": "eng", "t240": "aHavet$lEngelsk"}, "hub"),
        ("Havet", {"t100": "aVik, T."}, "hub work instance"),
        ("Havet", {"t100": "aLie, Eva"}, ""),
        ("Havet. Bind 2", {}, ""),
        ("Havet : 2. bind", {}, ""),
        ("Havet : skuespill", {}, ""),
        ("Havet", {"t655": "aTegneserier"}, ""),
        ("Havet", {"t500": "aAnmeldelse av: Havet"}, ""),
        ("Havet : en studiehefte", {}, ""),
        ("Havet ; Fjellet", {}, ""),
        ("Havet og skatten", {"t240": "aHavet$kUtvalg"}, ""),
        ("Havet", {"t240": "aNoveller$kUtvalg"}, "hub work instance"),
    ],
)
def test_what_differs_tells_at_which_level_two_records_are_one(title: str, others: dict[str, str], levels: str) -> None:
    groups = clusters([book("a", "Havet"), book("b", title, **others)])
    assert [level for level in groups if groups[level] == [["a", "b"]]] == levels.split()


@pytest.mark.parametrize(("pages", "levels"), [("200", "hub work instance"), ("240", "hub work")])
def test_a_printing_with_one_number_and_extent_is_one_instance_whatever_its_year(pages: str, levels: str) -> None:
    first = book("a", "Havet", year="1980", t020="a9788299992015")
    groups = clusters([first, book("b", "Havet", year="2015", t020="a9788299992015", t300=f"a{pages} s.")])
    assert [level for level in groups if groups[level] == [["a", "b"]]] == levels.split()


def test_the_work_of_one_translator_is_another_expression_than_that_of_another() -> None:
    records = [
        book(number, "Havet", t240="aThe sea", t700=f"a{name}$4trl")
        for number, name in (("a", "Dal, Knut"), ("b", "Moe, Per"))
    ]
    groups = clusters(records)
    assert (groups["hub"], groups["work"]) == ([["a", "b"]], [["a"], ["b"]])


def test_a_record_between_two_that_contradict_each_other_does_not_chain_them() -> None:
    first, second = book("a", "Gobi", t245="aGobi$bbarndommens måne"), book("c", "Gobi", t245="aGobi$bDjengis Khan")
    for record in (first, second):
        record.fields.remove(record.fields_with("245")[0])
    groups = clusters([first, book("b", "Gobi"), second])["hub"]
    assert ["a", "b", "c"] not in groups
    assert len(groups) == 2


def test_a_pair_that_a_person_refused_is_never_in_one_cluster_and_one_that_was_confirmed_is() -> None:
    records = [book("a", "Havet"), book("b", "Havet"), book("c", "Fjorden")]
    refused = PersonAnswers(refused={"hub": frozenset({frozenset(("a", "b"))})})
    confirmed = PersonAnswers(confirmed={"hub": frozenset({frozenset(("a", "c"))})})
    assert clusters(records, refused)["instance"] == [["a"], ["b"], ["c"]]
    assert ["a", "b", "c"] in clusters(records, confirmed)["hub"]
