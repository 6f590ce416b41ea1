"""Identifiers of curated entities in other registers: which the build accepts, and which are confirmed."""

from __future__ import annotations

import re
from importlib.resources import files

import pyoxigraph as ox
import pytest
from rdflib import Graph, Namespace, URIRef

from loader.build.external_ids import check_identifiers
from loader.errors import CuratedError
from loader.link.project_mappings import read_project_mappings
from loader.namespaces import SKOS
from loader.sources.project import ProjectData
from nbkg.rdf.rdflib_terms import to_graph

ID = "https://w3id.org/nbkg/id/"
ADMS = Namespace("http://www.w3.org/ns/adms#")
WELL_FORMED = [
    ("eli", "https://lovdata.no/eli/lov/2018/06/15/40/nor"),
    ("isil", "NO-0030100"),
    ("isni", "0000000122380700"),
    ("isni", "000000012146438X"),
    ("lovdata", "lov/2018-06-15-40"),
    ("orgnr", "976029100"),
    ("ror", "https://ror.org/02e50va28"),
    ("viaf", "155670338"),
    ("wikidata", "Q515701"),
]
SEARCHED_KINDS = (
    "agreement/",
    "dataset/",
    "law/",
    "organisation/",
    "post/",
    "programme/",
    "project/",
    "service/",
    "standard/",
    "strategy/",
)
ILL_FORMED = [
    ("eli", "lov/2018-06-15-40"),
    ("isil", "0030100"),
    ("isni", "0000000122380701"),
    ("lovdata", "LOV-2018-06-15-40"),
    ("orgnr", "976029101"),
    ("ror", "02e50va28"),
    ("viaf", "http://viaf.org/viaf/155670338"),
    ("wikidata", "515701"),
]
CONFIRMED = {
    "law/andsverkloven": {"lov/2018-06-15-40", "https://lovdata.no/eli/lov/2018/06/15/40/nor"},
    "law/bokloven": {"lov/2023-06-16-64", "https://lovdata.no/eli/lov/2023/06/16/64/nor"},
    "law/forskrift-til-andsverkloven": set(),  # the report announces a new one, which has no number yet
    "law/pliktavleveringslova": {"lov/1989-06-09-32", "https://lovdata.no/eli/lov/1989/06/09/32/nor"},
    "organisation/biblioteksentralen": {"910568183", "Q4903496", "229233924"},
    "organisation/kultur-og-likestillingsdepartementet": {
        "972417866",
        "0000000404936068",
        "https://ror.org/01104nk81",
        "Q1769421",
    },
    "organisation/kulturradet": {"971527412", "Q121341317"},
    "organisation/kungliga-biblioteket": {"0000000120973713", "https://ror.org/049bh0z35", "Q953058"},
    "organisation/kunnskapsdepartementet": {
        "872417842",
        "0000000404478239",
        "https://ror.org/03wv1cb14",
        "Q1769657",
    },
    "organisation/nasjonalbiblioteket": {
        "976029100",
        "0000000123155505",
        "https://ror.org/032saz229",
        "Q924551",
    },
    "organisation/norsk-filminstitutt": {"892211442", "Q6514373"},
    "organisation/regjeringen": {"0000000085654302", "https://ror.org/05a4cm665", "Q1770849"},
    "organisation/sikt": {"919477822", "https://ror.org/03zee5r16", "Q107287773"},
    "organisation/stortinget": {
        "971524960",
        "0000000404483580",
        "https://ror.org/05nak5030",
        "Q109016",
    },
    "organisation/universitetsbiblioteket-i-oslo": {"Q3354774", "155670338"},
    "organisation/utdanningsdirektoratet": {"970018131", "Q7061089"},
    "service/autoritetsregister": {"Q16889143"},
    "standard/lenkede-data": {"Q515701"},
}


def _identifier(register: str, number: str) -> list[ox.Triple]:
    text = (
        "@prefix nbkg: <https://w3id.org/nbkg/ns#> ."
        " <urn:i> a nbkg:Identifier ; <http://purl.org/dc/terms/source> <urn:s> ;"
        f' <{SKOS.notation}> "{number}" ; nbkg:scheme <{ID}concept/identifier-scheme/{register}> .'
    )
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize(("register", "number"), WELL_FORMED)
def test_what_a_register_would_write_is_accepted(register: str, number: str) -> None:
    check_identifiers(_identifier(register, number))


@pytest.mark.parametrize(("register", "number"), ILL_FORMED)
def test_what_no_register_would_write_is_refused(register: str, number: str) -> None:
    with pytest.raises(CuratedError, match=f"is not a valid {register}"):
        check_identifiers(_identifier(register, number))


@pytest.fixture(scope="module")
def curated(project: ProjectData) -> Graph:
    """The curated entities with the identifiers that the project's mappings give them."""
    return project.curated + to_graph(read_project_mappings(project.mappings).identifiers())


@pytest.mark.parametrize("key", CONFIRMED)
def test_the_identifiers_that_a_source_confirms(curated: Graph, key: str) -> None:
    nodes = curated.objects(URIRef(ID + key), ADMS.identifier)
    assert {str(curated.value(node, SKOS.notation)) for node in nodes} == CONFIRMED[key]


def test_whatever_has_no_identifier_is_in_the_list_of_what_was_searched(curated: Graph) -> None:
    entries = {str(entry).removeprefix(ID) for entry in curated.subjects(SKOS.prefLabel)}
    without = {
        key
        for key in entries
        if key.startswith(SEARCHED_KINDS) and not any(curated.objects(URIRef(ID + key), ADMS.identifier))
    }
    readme = files("data").joinpath("curated/README.md").read_text("utf-8")
    section = readme.partition("## Searched and not found")[2].partition("\n## ")[0]
    listed = set(re.findall(r"`([a-z]+/[a-z0-9-]+)`", section))
    assert without - listed == set(), "look these up, and add them to the list if no source has them"
    assert listed - entries == set(), "these are no entries"
