"""The pages of the catalogue, read on the sample of records."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from loader.marc.profiles.profile_file import read_profile
from loader.marc.values.language_codes import country, current_language
from sparql_endpoint import create_app
from sparql_endpoint.pages.frame.derived_labels import code_name
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from sparql_endpoint.words import words
from tests.sparql_endpoint.pages.reading import get_page, one, texts

_BASE = "https://w3id.org/nbkg/id/"
_BF = "http://id.loc.gov/ontologies/bibframe/"


def _instance(client: FlaskClient, number: int, language: str = "en") -> BeautifulSoup:
    return get_page(client, f"/doc/instance/marc-sample/nbkg{number:04}?lang={language}")


def _follow(client: FlaskClient, page: BeautifulSoup, text: str) -> BeautifulSoup:
    """Return the page that the first link with a text leads to."""
    link = next(link for link in page.select("main a") if link.get_text() == text)
    return get_page(client, str(link["href"]).replace("/id/", "/doc/"))


@pytest.fixture(scope="session")
def hub(catalogue: FlaskClient) -> BeautifulSoup:
    """The page of the invented novel, by way of one of its editions."""
    return _follow(catalogue, _instance(catalogue, 29), "Dragen i Gaupdalen")


def test_a_hub_gathers_all_editions_by_language(hub: BeautifulSoup) -> None:
    assert texts(hub, "#expressions small") == ["12 editions"]
    languages = texts(hub, "section[aria-labelledby=expressions] h3")
    assert languages == ["Norwegian Bokmål", "Norwegian Nynorsk", "English", "German", "Northern Sami"]


def test_the_editions_of_a_work_stand_in_the_order_of_their_years(hub: BeautifulSoup) -> None:
    table = one(hub, "table.editions")
    assert texts(table, "tbody td:first-child") == ["1989", "1994", "2001", "2008", "2016"]


def test_a_translation_names_its_translator_and_the_work(catalogue: FlaskClient) -> None:
    page = _instance(catalogue, 27)
    who = texts(page, ".who li")
    assert who == [
        "Solvåg, Ragnhild, 1951- author",
        "Nordbotn, Sunniva, 1955- translator",
        "Tveitane, Peder, 1960- illustrator",
    ]
    assert "Norwegian Nynorsk" in texts(page, "dl.facts dd")


@pytest.mark.parametrize(
    ("number", "title", "language", "direction"),
    [
        (15, "人形の家", "ja", "auto"),
        (71, "Преступление и наказание", "ru", "auto"),
        (73, "كتاب ألف ليلة وليلة", "ar", "rtl"),
    ],
)
def test_a_title_stands_in_its_own_script(
    catalogue: FlaskClient, number: int, title: str, language: str, direction: str
) -> None:
    heading = one(_instance(catalogue, number), "h1")
    assert heading.get_text() == title
    assert (str(heading["lang"]).partition("-")[0], heading["dir"]) == (language, direction)


def test_a_digitised_book_leads_to_its_copy_and_its_manifest(catalogue: FlaskClient) -> None:
    urn = "URN:NBN:no-nb_digibok_2010032212003"
    links = [str(link["href"]) for link in _instance(catalogue, 12).select(".digital a")]
    assert links == [f"https://urn.nb.no/{urn}", f"https://api.nb.no/catalog/v1/iiif/{urn}/manifest"]


def test_an_article_stands_in_its_periodical(catalogue: FlaskClient) -> None:
    page = _instance(catalogue, 8)
    assert texts(page, ".kind") == ["Article or chapter"]
    assert "Samtiden Årg. 1 (1890), s. 325-334" in texts(page, "section[aria-labelledby=relations] dd")


def test_a_film_shows_its_makers_its_length_and_its_source(catalogue: FlaskClient) -> None:
    page = _instance(catalogue, 5)
    assert texts(page, ".kind") == ["Moving image"]
    assert texts(page, ".who li")[0] == "Carlsen, Henning, 1927-2014 director"
    assert "1 h 51 min" in texts(page, "dl.facts dd")
    assert texts(page, "section[aria-labelledby=relations] dt") == ["Filmatisering av"]


def test_music_names_its_composer_and_what_it_is_based_on(catalogue: FlaskClient) -> None:
    page = _instance(catalogue, 18)
    assert texts(page, ".kind") == ["Notated music"]
    assert texts(page, ".who li") == ["Grieg, Edvard, 1843-1907 composer"]
    assert texts(page, "section[aria-labelledby=relations] dd") == ["Peer Gynt"]


def test_an_agent_has_its_works_by_role(catalogue: FlaskClient) -> None:
    page = get_page(catalogue, "/doc/agent/noraf-90052521?lang=en")
    assert one(page, "h1").get_text() == "Hamsun, Knut, 1859-1952"
    assert texts(page, "h2 .role") == ["author"]
    works = texts(page, "section[aria-labelledby=list-aut] a.title")
    assert works == ["Fra det ubevidste Sjæleliv", "Sult", "Markens grøde"]
    assert "http://www.wikidata.org/entity/Q40826" in [link.get("href") for link in page.select("main a")]


@pytest.mark.parametrize(("language", "name"), [("nb", "Ensomhet"), ("nn", "Einsemd")])
def test_a_subject_has_its_name_in_both_norms(catalogue: FlaskClient, language: str, name: str) -> None:
    page = get_page(catalogue, f"/doc/concept/bibbi/1131529?lang={language}")
    assert set(texts(page, ".heading h1, .heading .other-name")) == {"Ensomhet", "Einsemd"}
    assert name in _instance(catalogue, 1, language).get_text()
    assert len(page.select("ol.works li")) == 3


def test_a_record_stands_beside_what_its_fields_became(catalogue: FlaskClient) -> None:
    page = get_page(catalogue, "/doc/record/marc-sample/nbkg0015?lang=en")
    rows = {row.select("th .mono")[0].get_text(): row for row in page.select("table.marc tbody tr")}
    title = rows["245 10"].get_text(" ")
    assert "Ningyō no ie" in title
    assert "bf:mainTitle 人形の家" in " ".join(title.split())
    assert "Read together with field 700" in rows["880 1#"].get_text()
    assert page.select(".absent") == []


def test_a_record_that_is_not_at_hand_is_said_to_be_so(without_records: FlaskClient) -> None:
    page = get_page(without_records, "/doc/record/marc-sample/nbkg0015?lang=en")
    assert texts(page, "section[aria-labelledby=marc] .note")[0].startswith("The record itself is not at hand here.")
    assert not page.select("a[href$='.mrc']")
    assert without_records.get("/records/marc-sample/nbkg0015.mrc").status_code == 404


def test_every_page_of_the_sample_can_be_made(catalogue: FlaskClient, sample_store: ox.Store) -> None:
    kinds = ("Hub", "Work", "Instance", "AdminMetadata", "Person", "Organization", "Topic", "GenreForm", "Place")
    for kind in kinds:
        quads = sample_store.quads_for_pattern(None, None, ox.NamedNode(f"{_BF}{kind}"))
        iris = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})
        for iri in [iri for iri in iris if iri.startswith(_BASE) and "#" not in iri][::4]:
            assert catalogue.get(f"/doc/{iri.removeprefix(_BASE)}").status_code == 200, iri


def test_the_first_page_lists_the_works(catalogue: FlaskClient) -> None:
    page = get_page(catalogue, "/library?list=works&lang=en")
    assert len(page.select("ol.works li")) == 52
    assert texts(page, "ol.works a.title")[0] == "Carta marina et descriptio septemtrionalium terrarum"
    assert texts(page, "nav.menu [aria-current]") == ["Catalogue"]


def test_an_agent_with_many_works_has_pages() -> None:
    store = ox.Store()
    agent = f"<{_BASE}agent/x>"
    lines = [f"{agent} a <{_BF}Person> ; <http://www.w3.org/2000/01/rdf-schema#label> 'A, B' ."]
    for number in range(180):
        hub = f"<{_BASE}hub/x/{number}>"
        part = f"<{_BASE}hub/x/{number}#c>"
        lines.append(f"{hub} a <{_BF}Hub> ; <http://www.w3.org/2000/01/rdf-schema#label> 'Title {number:03}' .")
        lines.append(f"{hub} <{_BF}contribution> {part} . {part} a <{_BF}Contribution> ; <{_BF}agent> {agent} .")
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.TURTLE)
    settings = Settings()
    client = create_app(settings, open_memory("memory:", settings.default_graph, store)).test_client()
    first = get_page(client, "/doc/agent/x?lang=en")
    assert len(first.select("ol.works li")) == 25
    last = get_page(client, "/doc/agent/x?lang=en&list=no-role&page=2")
    assert texts(last, "ol.works a.title") == [f"Title {number:03}" for number in range(100, 180)]
    assert [str(link["rel"][0]) for link in last.select(".pager a")] == ["prev"]


def test_the_codes_that_have_words_are_codes_of_marc() -> None:
    codes = [key.split("_")[1:] for key in words() if key.startswith("code_")]
    roles = {code for name, code in codes if name == "relators"}
    assert len(roles) > 40
    assert roles <= read_profile("default").relator_codes
    assert [code for name, code in codes if name == "languages" and current_language(code) != code] == []
    assert [code for name, code in codes if name == "countries" and country(code) != code] == ["xx"]


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert code_name("http://id.loc.gov/vocabulary/relators/trl", "nn") == "omsetjar"
    assert code_name("http://id.loc.gov/vocabulary/relators/xyz", "nn") == ""
    assert code_name("http://example.org/relators/trl", "nn") == ""
