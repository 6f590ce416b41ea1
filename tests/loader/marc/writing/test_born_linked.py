"""Records of a graph that never was MARC: they follow the list of MARC 21 and the rules for records."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from loader.errors import ComposingError
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_validation import RecordValidator
from loader.marc.writing.composed_file import compose_graph, write_composed
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord, MarcRecord
from tests.loader.marc.writing.composed import HERE, composed, graph_of, written

TURTLE = (HERE / "born-linked.ttl").read_bytes()
SHARED = Path(os.environ.get("NBKG_SHARED", "/nowhere"))
MARC_LIST = SHARED / "profiles" / "marc21" / "marc21-bibliographic.tsv"
needs_list = pytest.mark.skipif(not MARC_LIST.exists(), reason="the list of MARC 21 is not there")


def _record() -> MarcRecord:
    [record] = composed(graph_of(TURTLE))
    return record


def test_the_record_says_what_the_graph_says() -> None:
    assert [written(field) for field in _record().fields] == [
        "001 record-7",
        "007 ta",
        "008 261130s2026    no |||||||||||000|1|nob|d",
        "020 __ $a 9788205366619 $q ib.",
        "040 __ $a NO-0000001 $b nob $e rda",
        "041 1_ $h swe",
        "082 74 $a 839.738 $2 23/nor",
        "100 1_ $a Berg, Ada $d 1971- $4 aut $0 (NO-TrBIB)90000001",
        "245 10 $a Havet $b roman $c Ada Berg ; oversatt av Tor Vik",
        "264 _1 $a Oslo $b Prøveforlaget $c 2026",
        "300 __ $a 312 sider",
        "338 __ $b nc $2 rdacarrier",
        "520 __ $a Om havet.",
        "650 _7 $a Hav $2 humord $9 nob",
        "700 1_ $a Vik, Tor $4 trl",
        "856 40 $u https://example.org/havet",
    ]


def test_leader_and_008_are_complete() -> None:
    record = _record()
    assert record.leader == "00000nam a2200000uc 4500"
    assert [len(field.data) for field in record.fields_with("008")] == [40]


@needs_list
def test_each_field_and_subfield_is_in_the_list_as_often_as_it_may_be() -> None:
    with MARC_LIST.open(encoding="utf-8") as stream:
        repeatable = {
            (row["tag"], row["subfield"]): row["repeatable"] for row in csv.DictReader(stream, delimiter="\t")
        }
    record = _record()
    for tag, number in Counter(field.tag for field in record.fields).items():
        assert repeatable[tag, ""] == "R" or number == 1, tag
    for field in record.fields:
        for code, number in Counter(code for code, _value in field.subfields if code != "9").items():
            assert repeatable[field.tag, code] == "R" or number == 1, (field.tag, code)


@pytest.mark.parametrize("form", [Form.ISO2709, Form.MARCXML])
def test_the_file_is_read_again_and_breaks_no_rule_for_records(tmp_path: Path, form: Form) -> None:
    file = tmp_path / "born.mrc"
    write_composed(compose_graph(graph_of(TURTLE), read_profile("alma"), form), file, form)
    [delivered] = read_marc_file(file)
    assert isinstance(delivered, DeliveredRecord)
    assert list(map(written, delivered.record.fields)) == list(map(written, _record().fields))
    validator = RecordValidator("test", read_profile("alma"))
    list(validator.check_file(file, id))
    assert validator.validation.is_good


def test_two_runs_give_the_same_bytes() -> None:
    runs = [compose_graph(graph_of(TURTLE), read_profile("default"), Form.ISO2709).records for _run in range(2)]
    assert runs[0] == runs[1] != []


@pytest.mark.parametrize(
    ("without", "problem"),
    [
        ("    bf:instanceOf ex:work-7 ;\n", "it is an instance of no work; name its work by bf:instanceOf"),
        (
            '    bf:title [ a bf:Title ; bf:mainTitle "Havet" ; bf:subtitle "roman" ] ;\n',
            "it has no title; a record needs a bf:title with a bf:mainTitle",
        ),
        (
            '    bf:creationDate "2026-11-30"^^xsd:date ;\n',
            "nothing says when its record was made; add a bf:creationDate to its bf:adminMetadata, or name the date",
        ),
    ],
)
def test_an_error_names_the_resource_and_what_to_add(without: str, problem: str) -> None:
    text = TURTLE.decode()
    assert without in text
    with pytest.raises(ComposingError, match=r"<https://example\.org/instance-7>") as error:
        composed(graph_of(text.replace(without, "")))
    assert problem in str(error.value)


def test_the_date_of_records_that_do_not_say_it_is_that_of_the_call() -> None:
    text = TURTLE.decode().replace('    bf:creationDate "2026-11-30"^^xsd:date ;\n', "")
    [record] = composed(graph_of(text), entered="2026-01-31")
    assert record.fields_with("008")[0].data[:6] == "260131"
