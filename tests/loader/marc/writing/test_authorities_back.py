"""Authority records that go into the graph and come back without the stored record."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from loader.errors import ComposingError
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from loader.marc.writing.catalogue_graph import CatalogueGraph
from loader.marc.writing.record_composing import make_authority_composing
from loader.marc.writing.record_nodes import iter_authorities
from nbkg.records.record import DeliveredRecord, MarcRecord
from tests.loader.marc.mapped import authority, record

PERSON = (
    "005 20220118125624.0",
    "024 7_ $a http://viaf.org/viaf/62449556 $2 viaf",
    "024 7_ $a 0000000121032683 $2 isni",
    "040 __ $a NO-TrBIB $b nob $c NO-TrBIB $f noraf",
    "043 __ $c fi",
    "046 __ $f 19370517",
    "100 1_ $a Berg, A.K. $d 1937-",
    "370 __ $a Helsinki $b Oslo",
    "374 __ $a Illustratør",
    "375 __ $a f",
    "377 __ $a swe",
    "378 __ $q Anna Karin",
    "386 __ $a fi. $m Nasjonalitet/regional gruppe $2 bs-nasj",
    "400 1_ $a Dahl, Anna $d 1937-",
    "500 1_ $w a $a Vik, Tor $d 1940- $0 (NO-TrBIB)90012345",
    "667 __ $a Kontrollert mot tittelsiden",
    "670 __ $a Havet, 1971 $b tittelsiden",
    "680 __ $a Skrev også skuespill",
    "901 __ $a kat2",
)
BODY = ("040 __ $a NO-TrBIB $b nob $c NO-TrBIB $f noraf", "110 2_ $a Fjordlaget $b Avdeling sør", "410 2_ $w d $a FL")
CONCEPT = (
    "040 __ $a NO-TrBIB $b nob $c NO-TrBIB $f noraf",
    "150 __ $a Fjorder",
    "450 __ $a Fjordar",
    "550 __ $w g $a Landformer $0 (NO-TrBIB)90012346",
    "550 __ $a Kyster $0 (NO-TrBIB)90012347",
)
PLACE = ("040 __ $a NO-TrBIB $b nob $c NO-TrBIB $f noraf", "151 __ $a Bodø")
WORK = ("040 __ $a NO-TrBIB $b nob $c NO-TrBIB $f noraf", "130 _0 $a Ringen $g film")


def _graph(*records: MarcRecord, profile: str = "noraf") -> CatalogueGraph:
    store, mapping = ox.Store(), make_mapping("test", read_profile(profile))
    for each in records:
        store.load(mapping(each).text.encode(), format=ox.RdfFormat.N_QUADS)
    return CatalogueGraph(store)


def _texts(marc: MarcRecord) -> set[str]:
    """Return the fields as the cases are written, without 001, 003 and 008."""
    return {
        f"{field.tag} {field.data}" if field.data
        else f"{field.tag} {field.indicators.replace(' ', '_')} " + " ".join(f"${c} {v}" for c, v in field.subfields)
        for field in marc.fields
        if field.tag not in {"001", "003", "008"}
    }  # fmt: skip


@pytest.mark.parametrize(
    "fields", [PERSON, BODY, CONCEPT, PLACE, WORK], ids=["person", "body", "concept", "place", "work"]
)
def test_the_fields_of_an_authority_record_come_back(fields: tuple[str, ...]) -> None:
    graph, profile = _graph(authority(*fields)), read_profile("noraf")
    [nodes] = iter_authorities(graph, profile)
    back = make_authority_composing(profile)(nodes)
    assert _texts(back) == set(fields)
    assert back.leader[5:7] == "nz"
    assert [field.data for field in back.fields[:2]] == ["99000001", "NO-TrBIB"]
    [coded] = back.fields_with("008")
    assert len(coded.data) == 40
    assert (coded.data[:6], coded.data[9], coded.data[33]) == ("240101", "a", "a")
    assert back.kind == "authority"


def test_a_thing_without_a_class_is_refused_by_its_name() -> None:
    store = ox.Store()
    thing, about = ox.NamedNode("https://example.org/x"), ox.NamedNode("https://example.org/record")
    store.add(ox.Quad(thing, ox.NamedNode("http://id.loc.gov/ontologies/bibframe/adminMetadata"), about))
    store.add(ox.Quad(thing, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), ox.Literal("X")))
    profile = read_profile("default")
    [nodes] = iter_authorities(CatalogueGraph(store), profile)
    with pytest.raises(ComposingError, match=r"example\.org/x.*class"):
        make_authority_composing(profile)(nodes)


def test_a_graph_with_both_kinds_becomes_one_file(tmp_path: Path) -> None:
    mapping = make_mapping("test", read_profile("noraf"))
    file, out = tmp_path / "begge.nq", tmp_path / "begge.mrc"
    bibliographic = record("100 1_ $a Berg, Ada $0 (NO-TrBIB)99000001", "245 10 $a Havet", "300 __ $a 12 s.")
    file.write_text(mapping(authority(*PERSON)).text + mapping(bibliographic).text, encoding="utf-8")
    result = CliRunner().invoke(nbkg, ["marc", "compose", str(file), "-o", str(out), "--profile", "noraf"])
    assert result.exit_code == 0, result.output
    records = [each.record for each in read_marc_file(out) if isinstance(each, DeliveredRecord)]
    assert [each.kind for each in records] == ["bibliographic", "authority"]
    assert not [field for field in records[0].fields if field.tag in {"336", "337", "338"}], "they were inferred"


@pytest.mark.parametrize(
    "subfields", ["$a USA $b Wisconsin", "$a Norge $b Nordland $d Bodø", "$a Norge $b Nordland $c Salten $d Bodø"]
)
def test_a_hierarchical_place_comes_back_with_its_levels(subfields: str, tmp_path: Path) -> None:
    file, out = tmp_path / "sted.nq", tmp_path / "sted.mrc"
    marc = record("245 00 $a Havet", f"662 __ {subfields} $2 stedsregister")
    file.write_text(make_mapping("test", read_profile("alma"))(marc).text, encoding="utf-8")
    CliRunner().invoke(nbkg, ["marc", "compose", str(file), "-o", str(out), "--profile", "alma"])
    [back] = [each.record for each in read_marc_file(out) if isinstance(each, DeliveredRecord)]
    [field] = back.fields_with("662")
    assert (field.indicators, tuple(field.subfields)) == ("  ", marc.fields_with("662")[0].subfields)
