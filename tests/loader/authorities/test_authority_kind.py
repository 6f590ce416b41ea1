"""Authority files in a build: what their records become, what became of their numbers, and the crosswalk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nbkg.records.bare_json import make_bare_record
from nbkg.records.record import MarcRecord
from tests.loader.authorities.authority_graphs import AuthorityGraphs, write_records
from tests.loader.marc.mapped import CASES, authority, record

AGENT = "id:agent/noraf-999010"
REPLACED = "dcterms:isReplacedBy"
SEE_ALSO = "rdfs:seeAlso"


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> AuthorityGraphs:
    folder = tmp_path_factory.mktemp("authorities")
    names = {key: next(CASES.glob(f"{pattern}*.mrc")) for key, pattern in FILES.items()}
    books = write_records(folder, "books.mrc", [_book("b1", "Motorlære"), _book("b2", "Dikt om vind")])
    return AuthorityGraphs(
        folder,
        [
            *((key, "authority", file, "noraf") for key, file in names.items()),
            ("bib", "marc", CASES / "au05_bib_with_old_ids.mrc", "alma"),
            ("books", "marc", books, "alma"),
        ],
    )


FILES = {"au01": "au01", "au02": "au02", "au05": "au05_d", "au06": "au06"}


def _book(number: str, title: str) -> MarcRecord:
    return record(f"001 {number}", "100 1_ $a Hansen, Per $0 (NO-TrBIB)99901001", f"245 10 $a {title}")


def test_au05_a_replaced_record_leads_to_the_last_one_of_a_chain(graphs: AuthorityGraphs) -> None:
    for old in ("41", "47"):
        assert graphs.objects("authority/au05", f"{AGENT}{old}", REPLACED) == [f"{AGENT}42"]


def test_au05_a_split_record_leads_nowhere_and_names_what_it_may_be(graphs: AuthorityGraphs) -> None:
    assert graphs.objects("authority/au05", f"{AGENT}43", REPLACED) == []
    assert graphs.objects("authority/au05", f"{AGENT}43", SEE_ALSO) == [f"{AGENT}44", f"{AGENT}45"]


def test_au05_records_that_replace_each_other_lead_nowhere_and_are_reported(graphs: AuthorityGraphs) -> None:
    for number in ("48", "49", "46"):
        assert graphs.objects("authority/au05", f"{AGENT}{number}", REPLACED) == []
        assert graphs.objects("authority/au05", f"{AGENT}{number}", "owl:deprecated") == ["true"]
    assert any("99901048, noraf 99901049" in warning for warning in graphs.warnings)


def test_au05_both_names_of_the_book_are_one_agent_and_the_others_are_no_numbered_ones(graphs: AuthorityGraphs) -> None:
    agents = graphs.values("catalogue/bib", "bibframe/agent")
    numbered = {agent for agent in agents if "noraf-" in agent}
    assert {agent[-8:] for agent in numbered} == {"99901042"}
    assert len(agents) == 3
    labels = graphs.values("catalogue/bib", "#label")
    assert {"Foss, Liv", "Feil, Helt"} <= labels


def test_au05_old_numbers_are_former_identifiers_of_the_survivor(graphs: AuthorityGraphs) -> None:
    numbers = {"noraf 99901041", "noraf 99901042", "noraf 99901047"}
    assert graphs.identifiers("crosswalk/au05", f"{AGENT}42") == numbers
    assert graphs.identifiers("crosswalk/au05", f"{AGENT}43") == set()


def test_au01_a_name_of_several_persons_has_no_identifiers_and_joins_no_books(graphs: AuthorityGraphs) -> None:
    assert graphs.identifiers("crosswalk/au01", f"{AGENT}01") == set()
    assert graphs.identifiers("crosswalk/au01", f"{AGENT}02") == {"noraf 99901002"}
    agents = graphs.values("catalogue/books", "bibframe/agent")
    assert len(agents) == 2
    assert not any("noraf" in agent for agent in agents)


def test_au02_homonyms_are_as_many_things(graphs: AuthorityGraphs) -> None:
    seen = [graphs.identifiers("crosswalk/au02", f"{AGENT}{number}") for number in range(11, 20)]
    assert seen == [{f"noraf 999010{number}"} for number in range(11, 20)]


def test_au06_each_form_is_one_identifier(graphs: AuthorityGraphs) -> None:
    seen = {
        key: graphs.identifiers("crosswalk/au06", f"{AGENT}{key}") - {f"noraf 999010{key}"}
        for key in map(str, range(60, 80))
    }
    isni = {"isni 0000000099920018"}
    assert [seen[key] for key in ("60", "61", "62", "63")] == [isni] * 4
    assert seen["64"] == {"isni 000000009993003X"}
    assert seen["66"] == seen["67"] == {"viaf 99900099"}
    assert seen["68"] == seen["69"] == {"wikidata Q99999999"}
    assert seen["70"] == seen["71"] == {"hdl 11250/9990001"}
    assert seen["72"] == {"orcid 0000-0001-2345-6789"}
    assert seen["73"] == {"bibbi 9990001"}
    assert seen["74"] == {"gnd 99900003X"}
    assert seen["75"] == {"noraf 99901060"}
    assert [seen[key] for key in ("65", "76", "77", "78", "79")] == [set()] * 5


def test_an_identifier_says_in_which_record_and_field_it_was_seen(graphs: AuthorityGraphs) -> None:
    node = "id:identifier/agent/noraf-99901066/viaf/99900099"
    assert graphs.objects("crosswalk/au06", node, "dcterms:source") == ["id:record/au06/99901066"]
    assert graphs.objects("crosswalk/au06", node, "https://w3id.org/nbkg/ns#fieldTag") == ["024"]
    assert graphs.objects("crosswalk/au06", node, SEE_ALSO) == ["http://viaf.org/viaf/99900099"]


GONE = "00000dz  a2200000n  4500"


@pytest.mark.parametrize(
    ("old", "successors", "see"),
    [
        ((), ["id:agent/noraf-2000002"], []),  # known from 035 $z alone
        (("x", "682 __ $0 (NO-TrBIB)2000002"), ["id:agent/noraf-2000002"], []),
        (("d",), ["id:agent/noraf-2000002"], []),  # a merger counts more than a deletion
        (("d", "682 __ $0 (NO-TrBIB)2000003"), ["id:agent/noraf-2000003"], []),
        (
            ("s", "682 __ $0 (NO-TrBIB)2000002 $0 (NO-TrBIB)2000003"),
            [],
            ["id:agent/noraf-2000002", "id:agent/noraf-2000003"],
        ),
        (
            ("x", "682 __ $0 (NO-TrBIB)2000002 $0 (NO-TrBIB)2000003"),
            [],
            ["id:agent/noraf-2000002", "id:agent/noraf-2000003"],
        ),
        (("x", "682 __ $0 (NO-TrBIB)2000001"), ["id:agent/noraf-2000002"], []),  # itself is no successor
        (("n",), [], []),  # a record that is used is not replaced by a number in 035 $z of another
    ],
)
def test_what_became_of_a_number(tmp_path: Path, old: tuple[str, ...], successors: list[str], see: list[str]) -> None:
    records = [
        authority("001 2000002", "035 __ $z (NO-TrBIB)2000001", "100 1_ $a Vik, Tor"),
        authority("001 2000003", "100 1_ $a Vik, Tora"),
    ]
    if old:
        leader = f"00000{old[0]}z  a2200000n  4500"
        records.insert(
            0, authority("001 2000001", "005 20240102030405.0", "100 1_ $a Vik, T.", *old[1:], leader=leader)
        )
    graphs = AuthorityGraphs(tmp_path, [("a", "authority", write_records(tmp_path, "a.mrc", records), "noraf")])
    thing = "id:agent/noraf-2000001"
    assert graphs.objects("authority/a", thing, REPLACED) == successors
    assert graphs.objects("authority/a", thing, SEE_ALSO) == see
    if old and old[0] != "n":
        assert graphs.objects("authority/a", thing, "http://www.w3.org/ns/prov#invalidatedAtTime") == [
            "2024-01-02T03:04:05Z"
        ]


def test_the_newest_of_two_records_with_one_number_counts(tmp_path: Path) -> None:
    records = [
        authority("001 2000001", "005 20240102030405.0", "100 1_ $a Vik, Tor"),
        authority("001 2000001", "005 20200102030405.0", "100 1_ $a Vik, T.", leader=GONE),
    ]
    for number, ordered in enumerate((records, records[::-1])):
        file = write_records(tmp_path, f"{number}.mrc", ordered)
        graphs = AuthorityGraphs(tmp_path, [("a", "authority", file, "noraf")])
        assert graphs.objects("authority/a", "id:agent/noraf-2000001", "skos:prefLabel") == ["Vik, Tor"]
        assert graphs.objects("authority/a", "id:agent/noraf-2000001", "owl:deprecated") == []
        assert any("newer versions" in warning for warning in graphs.warnings)


@pytest.mark.parametrize("order", ["old new", "new old", "new new old", "old old new"])
def test_of_two_records_in_use_with_one_number_the_newest_counts(tmp_path: Path, order: str) -> None:
    heading = {"old": ("20200101000000.0", "Wiik, Tor"), "new": ("20240101000000.0", "Vik, Tor")}
    records = [
        authority("001 2000001", f"005 {heading[one][0]}", f"100 1_ $a {heading[one][1]}") for one in order.split()
    ]
    file = write_records(tmp_path, "a.mrc", [*records, authority("001 2000002", "100 1_ $a Nes, Ola")])
    graphs = AuthorityGraphs(tmp_path, [("a", "authority", file, "noraf")])
    assert graphs.objects("authority/a", "id:agent/noraf-2000001", "skos:prefLabel") == ["Vik, Tor"]
    assert graphs.objects("authority/a", "id:agent/noraf-2000002", "skos:prefLabel") == ["Nes, Ola"]
    assert any(f"{len(records) - 1} records have newer versions" in warning for warning in graphs.warnings)


@pytest.mark.parametrize(
    ("successor", "status"), [("0", "n"), ("", "n"), (None, "n"), ("90000002", "x"), (90000002, "x")]
)
def test_the_json_of_bare_says_what_replaces_a_record(successor: object, status: str) -> None:
    subfield = (("subcode", "a"), ("value", "Vik, Tor"))
    field = (("tag", "100"), ("ind1", "1"), ("subfields", [subfield]))
    record_of_bare = make_bare_record({"systemControlNumber": "90000001", "replacedBy": successor, "marcdata": [field]})
    assert record_of_bare.status == status
    values = [value for each in record_of_bare.fields_with("682") for value in each.values("0")]
    assert values == (["(NO-TrBIB)90000002"] if status == "x" else [])


def test_the_answers_of_bare_in_all_dresses_are_authority_files(tmp_path: Path) -> None:
    folder = Path(os.environ.get("NBKG_SHARED", "../shared")) / "data"
    files = {
        "xml": folder / "no_bare_authority" / "bare_bringsvaerd_dev70.xml",
        "sru": folder / "no_bare_sru_json" / "bare_sru_90361304.xml",
        "json": folder / "no_bare_sru_json" / "resources__bareSingleAuthorityGetResponseWithAllIds.json",
    }
    if not all(file.is_file() for file in files.values()):
        pytest.skip("the shared data are not here (NBKG_SHARED)")
    sources = [(key, "authority", file.resolve(), "noraf") for key, file in files.items()]
    graphs = AuthorityGraphs(tmp_path, sources)
    assert graphs.identifiers("crosswalk/sru", "id:agent/noraf-90361304") == {
        "noraf 90361304",
        "hdl 11250/1269159",
        "viaf 126209034",
    }
    assert graphs.identifiers("crosswalk/json", "id:agent/noraf-90517730") == {
        "noraf 90517730",
        "orcid 0000-0001-7884-3049",
        "hdl 11250/1969546",
        "viaf 148145970255032251939",
    }
    schemes = [value.rpartition("/")[2] for value in graphs.values("crosswalk/xml", "ns#scheme")]
    assert set(schemes) >= {"noraf", "isni", "viaf", "bibbi", "hdl"}
    assert graphs.objects("authority/xml", "id:agent/noraf-90123724", "skos:prefLabel")


@pytest.mark.parametrize(("others", "is_shared"), [(0, False), (1, False), (2, True)])
def test_a_pseudonym_that_several_persons_share_has_no_identifier_that_would_join_them(
    tmp_path: Path, others: int, is_shared: bool
) -> None:
    names = [f"500 1_ $i Virkelig navn: $a Vik {number} $0 (NO-TrBIB)200000{number}" for number in range(others)]
    pseudonym = authority(
        "001 2000009",
        "024 7_ $a 0000000899990022 $2 isni",
        "100 1_ $a Nordlys, Ola",
        *names,
        "700 17 $a Nordlys, Ola $0 (DE-588)99900003X $2 gnd",
    )
    graphs = AuthorityGraphs(tmp_path, [("a", "authority", write_records(tmp_path, "a.mrc", [pseudonym]), "noraf")])
    numbers = {"noraf 2000009"} | (set() if is_shared else {"isni 0000000899990022", "gnd 99900003X"})
    thing = "id:agent/noraf-2000009"
    assert graphs.identifiers("crosswalk/a", thing) == numbers
    assert bool(graphs.objects("authority/a", thing, "owl:sameAs")) is not is_shared
    assert bool(graphs.objects("authority/a", thing, "madsrdf:isIdentifiedByAuthority")) is not is_shared
    assert graphs.objects("authority/a", thing, "a") == ["bf:Person"]
