"""The formats of records: what a record becomes in each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]

from nbkg.records.codecs import write_record
from nbkg.records.form import Form
from nbkg.records.listing.record_entry import LEAVABLE_SETS
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_store import open_records
from sparql_endpoint import create_app
from sparql_endpoint.api.oai_pmh.metadata_formats import FORMATS
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.api.oai_pmh.conftest import DC, MARC, OAI, START, Ask, codes, identifiers, make_record, read

NAMESPACES = {
    "bf": "http://id.loc.gov/ontologies/bibframe/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "edm": "http://www.europeana.eu/schemas/edm/",
    "ore": "http://www.openarchives.org/ore/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


def test_marcxml_is_given_out_byte_for_byte(provider: FlaskClient, provided_records: Path) -> None:
    response = provider.get(f"/oai?verb=GetRecord&metadataPrefix=marc21&identifier={START}one/0004")
    with open_records(provided_records, "one") as store:
        stored = store.read(4)
    assert stored is not None
    assert stored.raw.strip() in response.data


def test_other_forms_become_marcxml(ask: Ask) -> None:
    for name in ("one/odd", "two/a%20b"):
        root = ask("GetRecord", metadataPrefix="marc21", identifier=START + name)
        (record,) = root.find(f".//{OAI}metadata")
        assert record.tag == f"{MARC}record"


def test_dublin_core_has_title_type_date_and_language(ask: Ask) -> None:
    root = ask("GetRecord", metadataPrefix="oai_dc", identifier=f"{START}one/0002")
    written = {(each.tag.removeprefix(DC), each.text) for each in root.find(f".//{OAI}metadata")[0]}
    assert written == {
        ("title", "Bok 2, ny tittel"),
        ("type", "Text"),
        ("date", "1890"),
        ("language", "nob"),
        ("identifier", "https://urn.nb.no/URN:NBN:no-nb_digibok_1"),
        ("identifier", "https://w3id.org/nbkg/id/record/one/0002"),
    }


@pytest.fixture(scope="module")
def sample(sample_store: ox.Store, records: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a server with the sample, as records and as data, and a source that the data does not have."""
    folder = tmp_path_factory.mktemp("sample") / "records"
    shutil.copytree(records, folder)
    with deliver(folder, "other", "2025-10-14") as writer:
        writer.append(Form.ISO2709, write_record(Form.ISO2709, make_record("1", "Sult")), RecordNames("1"))
    settings = Settings(records=str(folder))
    return create_app(settings, open_memory("memory:", settings.default_graph, sample_store)).test_client()


def _graph(client: FlaskClient, prefix: str, identifier: str) -> ox.Store:
    query = {"verb": "GetRecord", "metadataPrefix": prefix, "identifier": START + identifier}
    (element,) = read(client.get("/oai", query_string=query)).find(f".//{OAI}metadata")
    store = ox.Store()
    store.load(etree.tostring(element), format=ox.RdfFormat.RDF_XML)
    return store


def _ask(store: ox.Store, pattern: str) -> bool:
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in NAMESPACES.items())
    return bool(store.query(f"{prefixes} ASK {{ {pattern} }}"))


def test_bibframe_has_record_instance_work_and_hub_with_the_names_of_persons(sample: FlaskClient) -> None:
    store = _graph(sample, "bibframe", "marc-sample/nbkg0012")
    assert _ask(store, "?i a bf:Instance ; bf:adminMetadata ?r ; bf:title/bf:mainTitle ?t ; bf:instanceOf ?w")
    assert _ask(store, "?w a bf:Work ; bf:expressionOf ?h . ?h a bf:Hub ; bf:contribution/bf:agent/rdfs:label ?name")
    assert _ask(store, "?r a bf:AdminMetadata ; bf:identifiedBy/rdf:value 'nbkg0012'")


def test_bibframe_is_had_of_the_sources_that_the_data_has(sample: FlaskClient) -> None:
    listed = read(sample.get("/oai?verb=ListIdentifiers&metadataPrefix=bibframe"))
    assert {name.partition("/")[0] for name in identifiers(listed)} == {"marc-sample"}
    query = {"verb": "GetRecord", "metadataPrefix": "bibframe", "identifier": f"{START}other/1"}
    assert codes(read(sample.get("/oai", query_string=query))) == ["cannotDisseminateFormat"]


def test_bibframe_is_not_offered_without_data(ask: Ask) -> None:
    assert codes(ask("ListRecords", metadataPrefix="bibframe")) == ["cannotDisseminateFormat"]


def test_edm_has_what_europeana_requires(sample: FlaskClient) -> None:
    store = _graph(sample, "edm", "marc-sample/nbkg0012")
    assert _ask(store, "?o a edm:ProvidedCHO ; dc:title ?t ; dc:language 'eng' ; dc:type ?k ; edm:type 'TEXT'")
    assert _ask(store, "?o dc:creator ?a . ?a a edm:Agent ; skos:prefLabel 'Ibsen, Henrik, 1828-1906'")
    assert _ask(store, "?g a ore:Aggregation ; edm:aggregatedCHO ?o ; edm:dataProvider ?d ; edm:provider ?p")
    assert _ask(store, "?g edm:rights ?r ; edm:isShownAt ?page . ?page a edm:WebResource FILTER(isIRI(?r))")


def test_who_harvested_a_format_learns_which_records_have_lost_it() -> None:
    assert {each.required_set for each in FORMATS} <= {"", *LEAVABLE_SETS}


def test_edm_is_had_of_digital_things_only(ask: Ask) -> None:
    """A record that is digital no more is deleted in this format, for whoever has harvested it."""
    root = ask("ListIdentifiers", metadataPrefix="edm")
    headers = {
        name: each.get("status") for name, each in zip(identifiers(root), root.iter(f"{OAI}header"), strict=True)
    }
    assert headers == {"one/0002": None, "one/0003": "deleted"}
    gone = ask("GetRecord", metadataPrefix="edm", identifier=f"{START}one/0003")
    assert [each.get("status") for each in gone.iter(f"{OAI}header")] == ["deleted"]
    assert codes(ask("GetRecord", metadataPrefix="edm", identifier=f"{START}one/0004")) == ["cannotDisseminateFormat"]
