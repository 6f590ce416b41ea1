"""A MARC file that is described as a source becomes a graph of the build."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from click.testing import CliRunner, Result

from loader.commands.build_command import build_graphs
from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_mapping import make_mapping
from loader.namespaces import BASE
from nbkg.records.iso2709_writing import write_record
from tests.loader.marc.mapped import authority, record
from tests.loader.marc.records.test_stripping import PROFILE
from tests.marc_oracle import simple

GRAPH = ox.NamedNode(f"{BASE}graph/catalogue/katalog")
DESCRIPTION = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
<https://example.org/source/katalog> a nbkg:DataSource ; dcterms:identifier "katalog" ; dcterms:title "Katalogen"@nb ;
    nbkg:kind "marc" ; nbkg:file "katalog.mrc" ;
    dcterms:conformsTo <PROFILE> ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> ; dcat:contactPoint <mailto:kari@example.org> .
"""


RECORDS = b"".join(write_record(simple(number)) for number in range(3))
ALMA = DESCRIPTION.replace("PROFILE", f"{BASE}id/marc-profile/alma")


def _build(folder: Path, data: Path, *, description: str = ALMA, content: bytes = RECORDS) -> Result:
    (folder / "katalog.mrc").write_bytes(content)
    (folder / "sources.ttl").write_text(description, encoding="utf-8")
    arguments = ("--data", data, "--sources", folder / "sources.ttl", "--out", folder / "out")
    return CliRunner().invoke(build_graphs, [*map(str, arguments)])


def _quads(folder: Path) -> list[ox.Quad]:
    return list(ox.parse((folder / "out" / "nbkg.nq").read_bytes(), format=ox.RdfFormat.N_QUADS))


def test_its_graph_holds_the_statements_and_says_on_what_terms(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data)
    assert result.exit_code == 0, result.output
    assert "3 MARC records from 1 source" in result.output
    mapping = make_mapping("katalog", read_profile("alma"))
    lines = {line for number in range(3) for line in mapping(simple(number)).lines}
    expected = set(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    quads = _quads(tmp_path)
    assert {quad for quad in quads if quad.graph_name == GRAPH} == expected
    meta = {(quad.predicate.value.rpartition("/")[2], str(quad.object)) for quad in quads if quad.subject == GRAPH}
    assert ("title", '"Katalogen"@nb') in meta
    assert ("license", "<http://creativecommons.org/publicdomain/zero/1.0/>") in meta
    assert "<mailto:kari@example.org>" in {str(quad.object) for quad in quads}


def test_a_profile_may_stand_beside_the_description(bare_data: Path, tmp_path: Path) -> None:
    description = DESCRIPTION.replace("PROFILE", f"{BASE}id/marc-profile/min") + PROFILE
    result = _build(tmp_path, bare_data, description=description)
    assert result.exit_code == 0, result.output
    assigners = {quad.object for quad in _quads(tmp_path) if quad.predicate.value.endswith("/assigner")}
    assert any("1234567" in str(node) for node in assigners)


def test_a_profile_that_is_none_is_an_error_that_names_the_file(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data, description=DESCRIPTION.replace("PROFILE", "https://example.org/profil"))
    assert "sources.ttl: <https://example.org/profil> is not a profile of MARC records" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_damaged_records_are_warnings(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data, content=write_record(simple())[:60] + write_record(simple(2)))
    assert result.exit_code == 0, result.output
    output = " ".join(result.output.split())
    assert "katalog.mrc: byte 0: the record breaks off" in output
    assert "1 MARC records" in output


def _counts(folder: Path) -> dict[str, int]:
    """Return the number of statements of each graph that holds records."""
    names = [quad.graph_name.value for quad in _quads(folder) if isinstance(quad.graph_name, ox.NamedNode)]
    records = [name.removeprefix(f"{BASE}graph/") for name in names if "/katalog" in name]
    return {name: records.count(name) for name in sorted(set(records))}


def test_authority_records_go_into_a_graph_of_their_own_on_the_same_terms(bare_data: Path, tmp_path: Path) -> None:
    name = authority("100 1_ $a Vik, Tor, $d 1931-")
    holdings = record("001 h1", "004 rec00001", "852 8_ $a NO-0030100", leader="00000ny  a2200000n  4500")
    content = b"".join(map(write_record, [simple(1), name, holdings, simple(2)])) + write_record(simple())[:60]
    result = _build(tmp_path, bare_data, content=content)
    assert result.exit_code == 0, result.output
    assert result.output.count("katalog.mrc: byte ") == 1
    mapping = make_mapping("katalog", read_profile("alma"))
    lines = {line for each in (simple(1), name, holdings, simple(2)) for line in mapping(each).lines}
    quads = _quads(tmp_path)
    graphs = {f"{BASE}graph/{folder}/katalog" for folder in ("authority", "catalogue")}
    written = {quad for quad in quads if getattr(quad.graph_name, "value", "") in graphs}
    assert written == set(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    for graph in map(ox.NamedNode, graphs):
        meta = {(quad.predicate.value.rpartition("/")[2], str(quad.object)) for quad in quads if quad.subject == graph}
        assert ("title", '"Katalogen"@nb') in meta
        assert ("license", "<http://creativecommons.org/publicdomain/zero/1.0/>") in meta


def test_a_file_of_authority_records_alone_has_no_graph_of_a_catalogue(bare_data: Path, tmp_path: Path) -> None:
    result = _build(tmp_path, bare_data, content=write_record(authority("100 1_ $a Vik, Tor, $d 1931-")))
    assert result.exit_code == 0, result.output
    assert list(_counts(tmp_path)) == ["authority/katalog"]


def test_two_agents_with_one_number_are_a_conflict_in_the_build(bare_data: Path, tmp_path: Path) -> None:
    number = "024 7_ $a http://viaf.org/viaf/27063124 $2 viaf"
    agents = [
        authority(f"001 9000000{key}", number, f"100 1_ $a Vik, {name}") for key, name in ((1, "Tor"), (2, "Per"))
    ]
    description = DESCRIPTION.replace('"marc"', '"authority"').replace("PROFILE", f"{BASE}id/marc-profile/noraf")
    data = tmp_path / "data"
    shutil.copytree(bare_data, data)
    schemes = files("data") / "curated" / "identifier-schemes.ttl"
    (data / "curated" / "identifier-schemes.ttl").write_bytes(schemes.read_bytes())
    content = b"".join(map(write_record, agents))
    result = _build(tmp_path, data, description=description, content=content)
    assert result.exit_code == 0, result.output
    conflicts = {
        (quad.predicate.value.rpartition("#")[2], getattr(quad.object, "value", ""))
        for quad in _quads(tmp_path)
        if quad.graph_name == ox.NamedNode(f"{BASE}graph/conflicts")
    }
    kinds = {value.rpartition("/")[2] for name, value in conflicts if name == "conflictKind"}
    assert kinds == {"shared"}
    assert {value for name, value in conflicts if name == "conflictCount"} == {"1"}
    assert len([value for name, value in conflicts if name == "conflictingThing"]) == 2
