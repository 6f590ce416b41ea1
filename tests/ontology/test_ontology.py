"""The ontology checks itself: queries that must find nothing, each proven able to find something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD, URIRef

from loader.marc.fields import issuance_fields, note_fields, policy_fields, statement_fields

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = sorted((ROOT / "ontology").rglob("*.ttl"))
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
CURATED = sorted((ROOT / "data" / "curated").glob("*.ttl"))
CHECKS = sorted((Path(__file__).parent / "checks").glob("*.rq"))
HEADER = ox.NamedNode("https://w3id.org/nbkg/ns")
DEFINING = [ox.NamedNode(str(name)) for name in (RDF.type, RDFS.label, RDFS.isDefinedBy, SKOS.definition)]


def _store(files: list[Path]) -> ox.Store:
    store = ox.Store()
    for file in files:
        store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


def _found(check: Path, store: ox.Store) -> list[str]:
    solutions = store.query(check.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return [str(row) for row in solutions]


def _named(terms: Iterable[object], start: str) -> set[str]:
    """The IRIs whose last part begins with `start`."""
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    return {iri for iri in iris if re.split("[/#:]", iri)[-1].startswith(start)}


@pytest.fixture(scope="module")
def everything(built: Path) -> ox.Store:
    """The ontology, shapes and curated files, and the graphs built of reports."""
    graphs = [file for file in sorted(built.glob("*.ttl")) if file.stem not in {"ontology", "shapes", "curated"}]
    assert graphs
    return _store([*ONTOLOGY, *SHAPES, *CURATED, *graphs])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_finds_nothing(check: Path, everything: ox.Store) -> None:
    assert _found(check, everything) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_finds_what_is_bad_and_nothing_good(check: Path) -> None:
    """Each way to be bad has a node `bad-…` beside the check, what comes near it a node `good-…`."""
    store = _store([check.with_suffix(".bad.ttl")])
    bad, good = (_named({term for quad in store for term in quad}, kind) for kind in ("bad-", "good-"))
    assert bad
    assert good
    solutions = store.query(check.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    found = {term for row in solutions for term in row}
    assert _named(found, "bad-") == bad
    assert _named(found, "good-") == set()


def test_each_bad_file_has_its_check() -> None:
    files = {file.name.removesuffix(".bad.ttl") for file in CHECKS[0].parent.glob("*.ttl")}
    assert files == {check.stem for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
def test_says_what_it_finds(check: Path) -> None:
    assert check.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("file", ONTOLOGY, ids=lambda file: file.name)
def test_parses(file: Path) -> None:
    statements = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    assert statements or file.name == "deprecated.ttl"


def test_no_term_is_defined_twice() -> None:
    """Only one file says what a term is; others may say that it is retired, or what it is like."""
    files: dict[str, set[str]] = {}
    for file in ONTOLOGY:
        for quad in ox.parse(path=str(file)):
            if quad.predicate in DEFINING:
                files.setdefault(str(quad.subject), set()).add(file.name)
    assert files
    assert {term: where for term, where in files.items() if len(where) > 1} == {}


def test_the_version_is_one() -> None:
    """The version's address ends in the version's number."""
    store = _store([ROOT / "ontology" / "core.ttl"])
    [number] = [q.object for q in store.quads_for_pattern(HEADER, ox.NamedNode(str(OWL.versionInfo)), None)]
    [address] = [q.object for q in store.quads_for_pattern(HEADER, ox.NamedNode(str(OWL.versionIRI)), None)]
    assert isinstance(number, ox.Literal)
    assert address == ox.NamedNode(f"{HEADER.value}/{number.value}")


LISTED = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD)
# Vocabularies that rdflib does not list, with the terms that are in their own documents: CPSV-AP-NO and what it reuses,
# ADMS, Web Annotation, ELI, vCard, the vocabulary of term status, the datatypes of the Library of Congress.
BIBFRAME = """
AccessPolicy Doi Hdl Role
AbbreviatedTitle AdminMetadata Agent AudioIssueNumber Carrier Cartography Classification ClassificationDdc Collection
Content Contribution DescriptionAuthentication Dissertation EncodingFormat Event Extent Family FileType Frequency
GenreForm Hub Identifier Instance IntendedAudience Isbn Issn Item Jurisdiction KeyTitle Language Local Manuscript
Media MediumComponent MediumOfPerformance Meeting Monograph MovingImage Multimedia MusicAudio MusicFormat
NonMusicAudio NotatedMusic Note OpusNumber Organization ParallelTitle Person Place PrimaryContribution Publication
RecordingMethod Relation Relationship Scale Serial Series Source StillImage Summary TableOfContents Temporal Text
Title Topic Urn VariantTitle Work
"""
NOTE_TYPES = """
accmat addphys adminhist award biblio binding biogdata citeas computer credits descsource doc exhibit finding fundinfo
index issuance issuing lang number orig participants physical refcitation related relnote report suppl with
"""
OTHERS = {
    "http://id.loc.gov/vocabulary/mnotetype/": {*NOTE_TYPES.split()},
    "http://id.loc.gov/ontologies/bibframe/": {*BIBFRAME.split()},  # of BIBFRAME 3.0.1
    "http://rdaregistry.info/Elements/c/": {"C10001", "C10006", "C10007"},
    "http://data.europa.eu/eli/ontology#": {"LegalResource", "based_on", "date_document"},
    "http://data.europa.eu/m8g/": {"Participation", "hasCompetentAuthority", "ownedBy", "role"},
    "http://id.loc.gov/datatypes/": {"edtf"},
    "http://purl.org/pav/": {"authoredBy"},
    "http://purl.org/vocab/cpsv#": {"PublicService", "Rule"},
    "http://www.w3.org/2003/06/sw-vocab-status/ns#": {"term_status"},
    "http://www.w3.org/2006/vcard/ns#": {"Kind", "Organization", "fn", "hasOrganizationName", "hasURL"},
    "http://www.w3.org/ns/adms#": {"Identifier", "identifier", "schemaAgency", "status"},
    "http://www.w3.org/ns/dcat#": {"DatasetSeries", "inSeries"},  # of DCAT 3
    "http://www.w3.org/ns/oa#": {
        "Annotation",
        "SpecificResource",
        "TextPositionSelector",
        "TextQuoteSelector",
        "end",
        "exact",
        "hasBody",
        "hasSelector",
        "hasSource",
        "hasTarget",
        "start",
    },
    "https://data.norge.no/vocabulary/cpsvno#": {"Service"},
    "https://w3id.org/semapv/vocab/": {"LexicalMatching", "ManualMappingCuration"},
    "https://w3id.org/sssom/": {
        "Mapping",
        "MappingSet",
        "author_label",
        "confidence",
        "mapping_justification",
        "predicate_modifier",
    },
}


def _exists(term: str) -> bool:
    known = any(URIRef(term) in names for names in LISTED)
    return known or any(term == name + local for name, locals_ in OTHERS.items() for local in locals_)


def _outside(file: Path) -> set[str]:
    """The IRIs of others that a file of the ontology names, licences and the vocabularies themselves apart."""
    apart = {str(DCTERMS.license), str(RDFS.isDefinedBy)}
    quads = [q for q in ox.parse(path=str(file)) if q.predicate.value not in apart]
    terms = [term for q in quads for term in (q.subject, q.predicate, q.object)]
    terms += [q.object.datatype for q in quads if isinstance(q.object, ox.Literal)]
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    return {iri for iri in iris if not iri.startswith(HEADER.value.removesuffix("ns"))}


@pytest.mark.parametrize("file", ONTOLOGY, ids=lambda file: file.name)
def test_terms_of_others_exist(file: Path) -> None:
    assert sorted(term for term in _outside(file) if not _exists(term)) == []


def test_a_reused_term_is_defined_where_its_address_says() -> None:
    files = [*(ROOT / "ontology").glob("reused*.ttl")]
    found = [q for file in files for q in ox.parse(path=str(file)) if q.predicate.value == str(RDFS.isDefinedBy)]
    assert {file.name for file in files} == {"reused.ttl", "reused-bibframe.ttl", "reused-note-types.ttl"}
    assert len({q.subject for q in found}) > 100
    assert [q for q in found if not str(q.subject).strip("<>").startswith(str(q.object).strip("<>"))] == []


def test_each_kind_of_note_that_marc_fields_become_has_a_name() -> None:
    fields = (*note_fields.FIELDS, *policy_fields.FIELDS, *statement_fields.FIELDS, *issuance_fields.FIELDS)
    kinds = {kind for field in fields for kind in (field.kind, *field.by_indicator.values())}
    assert {kind for kind in kinds if kind and not kind.startswith("=")} <= {*NOTE_TYPES.split()}


@pytest.mark.parametrize("names", LISTED, ids=str)
def test_a_misspelt_term_does_not_exist(names: object) -> None:
    assert not _exists(f"{names}memberOff")
