"""NORMARC to the graph and back: what the format has in other places than MARC 21 comes back where it was."""

from __future__ import annotations

import pytest

from loader.marc.writing.authority_subfields import number_of
from tests.loader.marc.mapped import Mapped, record
from tests.loader.marc.writing.composed import fields_back, graph_of

CODED = "008 030212                a          10nob 2"
ADULTS, CHILDREN = "id:concept/normarc-level/a", "id:concept/normarc-level/j"


@pytest.mark.parametrize(
    "coded",
    [
        CODED,
        "008 120207                j          01nob",
        "008 990614                a          1dnno 2",
        "008 900706                a     a    10dan",
    ],
)
def test_008_comes_back_as_the_source_codes_it(coded: str) -> None:
    [back] = fields_back("008", coded, profile="deichman")
    assert back.replace("|", " ").rstrip() == coded


def test_an_audience_of_normarc_is_not_read_as_one_of_marc_21() -> None:
    """Code a of 008/22 is adults in NORMARC, and children before school in MARC 21."""
    mapped = Mapped([record(CODED)], "deichman")
    assert mapped.objects("id:work/test/r1", "bf:intendedAudience") == [ADULTS]
    mapped = Mapped([record(CODED.replace("a   ", "j   "))], "deichman")
    assert mapped.objects("id:work/test/r1", "bf:intendedAudience") == [CHILDREN]


@pytest.mark.parametrize(
    "field",
    [
        "260 __ $a Oslo $b Samlaget $c 2014",
        "440 __ $a Orion $p Ny rekkje $v 4",
        "653 __ $a 1960-tallet $3 34483000 $1 db",
        "082 04 $a 921 $2 d $z h",
        "650 _7 $a Oppvekst $2 BS",
        "650 _4 $a Ungdom $x Fortellinger $3 10237900",
    ],
)
def test_a_field_comes_back(field: str) -> None:
    year = "008 140101                a          10nob"
    assert fields_back(field[:3], year, field, profile="deichman") == [field]


def test_an_index_term_is_no_subject_of_a_vocabulary() -> None:
    assert fields_back("650", "653 __ $a 1960-tallet $3 34483000", profile="deichman") == []


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("deichman-16823600", ("deichman", "16823600")),
        ("my-library-16823600", ("my-library", "16823600")),
        ("gnd-4075739-0", ("gnd", "4075739-0")),
        ("orcid-0000-0002-1825-0097", ("orcid", "0000-0002-1825-0097")),
        ("wikidata-Q42", ("wikidata", "Q42")),
    ],
)
def test_a_number_of_a_source_with_a_hyphen_in_its_name_is_its_own(key: str, named: tuple[str, str]) -> None:
    graph = graph_of(f"<https://w3id.org/nbkg/id/agent/{key}> a <http://id.loc.gov/ontologies/bibframe/Person> .")
    [node] = graph.nodes_of("Person")
    assert number_of(node) == named
