"""Descriptions of sources: what they give, and what is said of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from loader.errors import CuratedError
from loader.sources.descriptions import read_descriptions
from loader.sources.project import ProjectData
from nbkg.errors import RdfFileError, UsageError

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
"""
SOURCE = f"""{PREFIXES}
<urn:s> a nbkg:DataSource ; dcterms:identifier "local" ; dcterms:title "Lokal"@nb ; nbkg:kind "status_report" ;
    dcterms:license <urn:cc0> ; """


def _file(folder: Path, text: str, name: str = "mine.ttl") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_stands_beside_its_description(tmp_path: Path) -> None:
    [source] = read_descriptions([_file(tmp_path, f'{SOURCE} nbkg:file "in/a.txt" .')]).sources
    assert (source.iri, source.key, source.kind) == (URIRef("urn:s"), "local", "status_report")
    assert (source.opener, source.address) == ("file", str(tmp_path / "in" / "a.txt"))
    assert source.enabled
    assert source.described_in == "mine.ttl"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_address_says_how_it_is_opened(tmp_path: Path, scheme: str) -> None:
    text = (
        f"{SOURCE} dcat:accessURL <{scheme}://example.org/a> ; dcterms:conformsTo <urn:profile> ; nbkg:enabled false ."
    )
    [source] = read_descriptions([_file(tmp_path, text)]).sources
    assert (source.opener, source.address) == ("http", f"{scheme}://example.org/a")
    assert source.profile == URIRef("urn:profile")
    assert not source.enabled


def test_the_opener_that_is_named_comes_first(tmp_path: Path) -> None:
    text = f'{SOURCE} dcat:accessURL <https://example.org/oai> ; nbkg:opener "oai_pmh" .'
    assert read_descriptions([_file(tmp_path, text)]).sources[0].opener == "oai_pmh"


BAD = {
    "no key": (SOURCE.replace('dcterms:identifier "local" ;', "") + 'nbkg:file "a" .', "exactly one key"),
    "a bad key": (SOURCE.replace('"local"', '"Not A Key"') + 'nbkg:file "a" .', "small letters"),
    "no kind": (SOURCE.replace('nbkg:kind "status_report" ;', "") + 'nbkg:file "a" .', "nbkg:kind"),
    "no title": (SOURCE.replace('dcterms:title "Lokal"@nb ;', "") + 'nbkg:file "a" .', "dcterms:title"),
    "no terms": (SOURCE.replace("dcterms:license <urn:cc0> ;", "") + 'nbkg:file "a" .', "dcterms:license"),
    "no address": (SOURCE + "nbkg:enabled true .", "exactly one file"),
    "two addresses": (SOURCE + 'nbkg:file "a" ; dcat:accessURL <http://example.org/> .', "exactly one file"),
    "no boolean": (SOURCE + 'nbkg:file "a" ; nbkg:enabled "yes" .', "true or false"),
    "a file of no source": (f'{PREFIXES} <urn:s> nbkg:file "a" .', "a nbkg:DataSource"),
}


@pytest.mark.parametrize("trouble", BAD)
def test_a_malformed_description_names_file_source_and_what_to_do(tmp_path: Path, trouble: str) -> None:
    text, advice = BAD[trouble]
    with pytest.raises(CuratedError) as error:
        read_descriptions([_file(tmp_path, text)])
    assert str(error.value).startswith("mine.ttl: <urn:s>: ")
    assert advice in str(error.value)


def test_a_blank_node_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match=r"mine\.ttl: holds a blank node"):
        read_descriptions([_file(tmp_path, f'{SOURCE} nbkg:file "a" ; dcat:contactPoint [] .')])


def test_two_sources_with_one_key(tmp_path: Path) -> None:
    one = _file(tmp_path, f'{SOURCE} nbkg:file "a" .')
    other = _file(tmp_path, f'{SOURCE.replace("urn:s", "urn:t")} nbkg:file "b" .', "other.ttl")
    with pytest.raises(CuratedError, match=r"other\.ttl: <urn:t>: <urn:s> in mine\.ttl has the key “local” too"):
        read_descriptions([one, other])


def test_what_is_no_turtle_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(RdfFileError, match=r"mine\.ttl:1: not Turtle"):
        read_descriptions([_file(tmp_path, "<a> <b> .")])
    with pytest.raises(UsageError, match=r"none\.ttl: cannot be read"):
        read_descriptions([tmp_path / "none.ttl"])


def test_the_project_describes_its_report_and_its_samples(project: ProjectData) -> None:
    files = [source for source in project.sources if source.opener == "file"]
    assert [source.key for source in files] == ["authority-sample", "marc-sample", "statusrapport-2025-10-14"]
    assert all(Path(source.address).is_file() for source in files)


def test_what_can_be_harvested_is_not_enabled(project: ProjectData) -> None:
    others = {source.key: source for source in project.sources if source.opener != "file"}
    assert set(others) == {
        "alma-fellesbase",
        "metadataleveransen",
        "nasjonalbibliografien",
        "nb-digitalt",
        "norsk-vitenarkiv",
    }
    assert not any(source.enabled for source in others.values())
    assert others["nasjonalbibliografien"].harvest.set_name == "nasjonalbibliografien"
