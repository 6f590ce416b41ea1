"""Which resources Norwegian words find, in what order, and which they do not: facts over a made list of names."""

from __future__ import annotations

import unicodedata

import pytest

from nbkg.text_index import Index, reading

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
NAMES = """
    LAN|Lån|Språk|Utlån|Lånekort|Planet|Plan|Planene for språka|Landet
    Bok|Bøker|E-lydbøker|Lydboka|E-bøker på flere språk|Ebok for alle|Bokmål|Håndbok
    Bibliotek|folkebibliotekene|Biblioteka på Vestlandet|Bibliotekar|Nasjonalbiblioteket
    Avtale|Lisensavtaler|Avtalar om kjelder|Hånd|Hender|Tak|Tiltak|Kontakt|Takstein
    Ord|Fjord|Jord|Ordbok|Fremmedord|Brett|Rett|Opphavsrett
    ÅVL|Forskrift til ÅVL|Åndsverkloven|NB|NBA-avtalen|IKT
    Åsen|Aasen|Asen|Ære|Are|Dør|Dor|Idé|Sámediggi|Müller|Gröndahl|Grøndahl|Søk|Sok
    Digitalisering|Ring|Digitale tjenester|Tenester for skular|Tale|Kilder|Kilde
    Forfattere|Forfattarar|Røtter|Rot|Netter|Natt|Menn|Mann|Øyne|Øye|Brødre|Bror|Titler|Tittel|Museer|Museum
    Kriterier|Samlinger|Samlingar|Strategi|Leselyststrategien|Kommuner|Fylkeskommunene|Årsmelding|Vår|År
    Libraries|Library catalogue|Measures|Metadatabrønnen|Brønn|Statsbudsjettet|Budsjett|Skolebibliotek|Skole
    Høyskole|Høgskole|Storting|Ting|Forskning|Forsking|Barnebokforfatter|Nettside|Nettstad
"""
TEXTS = {
    "comment-1": "Kommentaren nevner lydbok og åvl i samme setning",
    "comment-2": "Siste tildeling gjelder folkebibliotek",
}


def _slug(name: str) -> str:
    return f"urn:{name.strip().replace(' ', '_')}"


@pytest.fixture(scope="module", params=["small", "large"])
def index(request: pytest.FixtureRequest) -> Index:
    """Return the index, also as a large one, in which resources without names are searched by themselves."""
    names = [name.strip() for line in NAMES.strip().splitlines() for name in line.split("|")]
    texts = [(_slug(name), LABEL, name) for name in sorted(names)]
    texts += [(f"urn:{key}", COMMENT, text) for key, text in TEXTS.items()]
    texts.append(("urn:decomposed", LABEL, unicodedata.normalize("NFD", "Blåbærlån")))
    texts.append(("urn:hyphens", LABEL, "Biblio\u00adtek\u00adsøk"))
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "large":
            patch.setattr(reading, "_FEW", 0)
        return Index.in_memory(texts, {LABEL})


FACTS = [
    # æ, ø and å are letters of their own; without them one may still type, and finds what is spelled so first
    ("lån", "Lån", "Språk LAN Planet Plan Landet"),
    ("LÅN", "Lån", "Språk LAN"),
    ("lan", "LAN Lån", "Språk Planet Plan"),
    ("laan", "Lån", "Språk LAN Plan"),
    ("ære", "Ære", "Are"),
    ("are", "Are", ""),
    ("aere", "Ære", "Are"),
    ("dør", "Dør", "Dor"),
    ("dor", "Dor Dør", ""),
    ("doer", "Dør", "Dor"),
    ("søk", "Søk", "Sok"),
    ("sok", "Sok Søk", ""),
    ("åsen", "Åsen Aasen", "Asen"),
    ("aasen", "Aasen Åsen", "Asen"),
    ("asen", "Asen Åsen", ""),
    ("språk", "Språk", "Lån"),
    ("sprak", "Språk", "Lån"),
    ("hand", "Hånd", ""),
    # letters that are not of their own in Norwegian
    ("ide", "Idé", ""),
    ("idé", "Idé", ""),
    ("samediggi", "Sámediggi", ""),
    ("sámediggi", "Sámediggi", ""),
    ("muller", "Müller", ""),
    ("grøndahl", "Grøndahl Gröndahl", ""),
    ("gröndahl", "Gröndahl Grøndahl", ""),
    ("grondahl", "", "Planet"),
    ("blåbærlån", "decomposed", "Språk"),
    ("biblioteksøk", "hyphens", ""),
    # exact names and abbreviations come first
    ("åvl", "ÅVL Forskrift_til_ÅVL", "Åndsverkloven"),
    ("ÅVL", "ÅVL Forskrift_til_ÅVL", ""),
    ("åvl.", "ÅVL", ""),
    ("nb", "NB", "comment-1"),
    ("ikt", "IKT", "Opphavsrett"),
    ("bok", "Bok Bøker", ""),
    ("bøker", "Bøker Bok", ""),
    ("bibliotek", "Bibliotek Biblioteka_på_Vestlandet", "Bibliotekar_"),
    ("plan", "Plan", "Lån"),
    ("forskrift til åvl", "Forskrift_til_ÅVL", "ÅVL"),
    ("til ÅVL forskrift", "Forskrift_til_ÅVL", "ÅVL"),
    # parts of compounds
    ("lydbok", "Lydboka E-lydbøker", "Bokmål Bok"),
    ("lydbøker", "Lydboka E-lydbøker", "Bokmål"),
    ("ebøker", "E-bøker_på_flere_språk Ebok_for_alle", "Bokmål Håndbok"),
    ("e-bok", "Ebok_for_alle E-bøker_på_flere_språk", "Bokmål Håndbok"),
    ("ebok", "Ebok_for_alle E-bøker_på_flere_språk", "Bokmål"),
    ("e-bøker", "E-bøker_på_flere_språk", "Bokmål"),
    ("avtale", "Avtale", "Tale"),
    ("tale", "Tale", "Avtale Digitale_tjenester Lisensavtaler"),
    ("avtaler", "Avtale", "Tale"),
    ("ord", "Ord", "Fjord Jord"),
    ("rett", "Rett", "Brett"),
    ("tak", "Tak", "Tiltak Kontakt"),
    ("ring", "Ring", "Digitalisering"),
    ("år", "År", "Vår"),
    ("brønn", "Brønn Metadatabrønnen", ""),
    ("metadata", "Metadatabrønnen", ""),
    ("strategi", "Strategi Leselyststrategien", ""),
    ("leselyst", "Leselyststrategien", ""),
    ("kommune", "Kommuner Fylkeskommunene", ""),
    ("budsjett", "Budsjett Statsbudsjettet", ""),
    ("ting", "Ting Storting", ""),
    ("åndsverk", "Åndsverkloven", ""),
    ("lov", "Åndsverkloven", ""),
    ("barnebok", "Barnebokforfatter", ""),
    ("forfatter", "", "Mann"),
    ("bibliotek skole", "Skolebibliotek", "Bibliotek Skole"),
    # umlauted and other plurals
    ("hånd", "Hånd Hender", ""),
    ("hender", "Hender Hånd", ""),
    ("hendene", "", "Språk"),
    ("rot", "Rot Røtter", ""),
    ("natt", "Natt Netter", ""),
    ("mann", "Mann Menn", ""),
    ("øye", "Øye Øyne", ""),
    ("bror", "Bror Brødre", ""),
    ("tittel", "Tittel Titler", ""),
    ("museum", "Museum Museer", ""),
    ("kriterium", "Kriterier", ""),
    ("boka", "", "Bokmål_"),
    # definite and plural forms, in both written languages
    ("bibliotekene", "", "Språk"),
    ("biblioteket", "", "Språk"),
    ("biblioteka", "Bibliotek Biblioteka_på_Vestlandet", ""),
    ("språka", "Språk Planene_for_språka", ""),
    ("språket", "Språk", "Lån"),
    ("avtalar", "Avtale Avtalar_om_kjelder", ""),
    ("samling", "", "Ring"),
    ("samlingane", "", "Ring"),
    ("kommunar", "Kommuner", ""),
    ("strategiane", "Strategi", ""),
    ("tenester", "Tenester_for_skular", "Tale"),
    ("tjenester", "Digitale_tjenester Tenester_for_skular", "Tale"),
    ("kjelde", "", "Tale"),
    ("kilde", "Kilde Kilder", ""),
    ("forfattarar", "Forfattarar", ""),
    ("skole", "Skole", ""),
    ("skular", "Skole Tenester_for_skular", ""),
    ("høgskole", "Høgskole Høyskole", ""),
    ("forsking", "Forsking Forskning", ""),
    ("nettsted", "Nettstad", ""),
    ("digital", "Digitale_tjenester", "Tale"),
    # English
    ("library", "Libraries Library_catalogue", ""),
    ("libraries", "Libraries Library_catalogue", ""),
    ("measure", "Measures", ""),
    # words that begin so, last
    ("bibliotekk", "", "Bibliotek"),
    ("metadatabr", "Metadatabrønnen", ""),
    ("leselyststr", "Leselyststrategien", ""),
    ("lydb", "Lydboka E-lydbøker", "Bok"),
    ("strat", "Strategi Leselyststrategien", "Statsbudsjettet"),
    ("opphavrett", "Opphavsrett", "Rett"),
    # nothing
    ("zzzz", "", "Lån"),
    ('"* AND (', "", "Lån"),
    ("lån OR språk", "", "Lån Språk"),
]
ALSO = [
    ("lydbok", "comment-1"),
    ("bok", "Håndbok E-lydbøker Lydboka Ordbok Bokmål Barnebokforfatter E-bøker_på_flere_språk Ebok_for_alle"),
    ("lån", "Utlån Lånekort decomposed"),
    ("bibliotek", "folkebibliotekene Nasjonalbiblioteket Skolebibliotek Bibliotekar comment-2"),
    ("avtale", "Lisensavtaler Avtalar_om_kjelder NBA-avtalen"),
    ("ord", "Ordbok Fremmedord"),
    ("rett", "Opphavsrett"),
    ("tak", "Takstein"),
    ("hånd", "Håndbok"),
    ("hendene", "Hender Hånd"),
    ("boka", "Bok Bøker Lydboka"),
    ("biblioteket", "Bibliotek Biblioteka_på_Vestlandet folkebibliotekene"),
    ("bibliotekene", "Bibliotek Biblioteka_på_Vestlandet folkebibliotekene"),
    ("samling", "Samlinger Samlingar"),
    ("samlingane", "Samlinger Samlingar"),
    ("grondahl", "Gröndahl Grøndahl"),
    ("kjelde", "Kilde Kilder Avtalar_om_kjelder"),
    ("kilde", "Avtalar_om_kjelder"),
    ("forfatter", "Forfattere Forfattarar Barnebokforfatter"),
    ("år", "Årsmelding"),
    ("skule", "Skole Skolebibliotek Høyskole Høgskole"),
    ("strategiar", "Leselyststrategien"),
    ("åvl", "comment-1"),
    ("avtalar", "Lisensavtaler"),
    ("plan", "Planene_for_språka"),
    ("handbok", "Håndbok"),
]
SUGGESTIONS = [
    ("biblotek", "bibliotek"),
    ("biblitoek", "bibliotek"),
    ("bibiliotek", "bibliotek"),
    ("bibliotekk", "bibliotek"),
    ("metadatabrønen", "metadatabrønnen"),
    ("metadatabronen", "metadatabrønnen"),
    ("lyddbok", "lydbok"),
    ("stratgi", "strategi"),
    ("åndsverklåven", "åndsverkloven"),
    ("opphvsrett", "opphavsrett"),
    ("digitaliserng", "digitalisering"),
    ("nasjonalbibloteket", "nasjonalbiblioteket"),
    ("forskrft til åvl", "forskrift til åvl"),
    ("zzzz", None),
    ("qx", None),
    ("1234567", None),
    ("", None),
]


def _found(index: Index, text: str) -> list[str]:
    return [iri.removeprefix("urn:") for iri in index.find(text, 200)]


def test_there_are_facts_enough() -> None:
    assert len({text for text, *_ in FACTS}) >= 80


@pytest.mark.parametrize(("text", "first", "absent"), FACTS)
def test_words_find_these_first_and_never_those(index: Index, text: str, first: str, absent: str) -> None:
    found = _found(index, text)
    assert found[: len(first.split())] == first.split()
    assert not set(found) & set(absent.split())


@pytest.mark.parametrize(("text", "others"), ALSO)
def test_words_find_these_too(index: Index, text: str, others: str) -> None:
    assert set(others.split()) <= set(_found(index, text))


@pytest.mark.parametrize(("text", "suggestion"), SUGGESTIONS)
def test_for_a_typing_error_another_word_is_suggested(index: Index, text: str, suggestion: str | None) -> None:
    assert index.suggest(text) == suggestion
