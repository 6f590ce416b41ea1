"""Groups and services are found in each form that a report may print, in bokmål and nynorsk."""

from __future__ import annotations

import pytest

from loader.sources.project import ProjectData
from loader.status_report.parse.gazetteer import Gazetteer, read_gazetteer

ID = "https://w3id.org/nbkg/id/"
NEUTER = ("", "et", "ets", "er", "ene", "enes", "a")
"""The forms of "bibliotek" in bokmål: with "bibliotek" or "biblioteker", and "bibliotekene" or "biblioteka"."""
NEUTER_NN = ("", "et", "ets", "a")
LIBRARIES = {
    "group/fag-og-forskningsbibliotek": ("fag- og forskningsbibliotek",),
    "group/folkebibliotek": ("folkebibliotek",),
    "group/fylkesbibliotek": ("fylkesbibliotek",),
    "group/skolebibliotek": ("skolebibliotek",),
    "group/uh-bibliotek": (
        "UH-bibliotek",
        "universitets- og høyskolebibliotek",
        "universitets- og høgskolebibliotek",
    ),
}
LIBRARIES_NN = {
    "group/fag-og-forskningsbibliotek": ("fag- og forskingsbibliotek",),
    "group/skolebibliotek": ("skulebibliotek",),
    "group/uh-bibliotek": ("universitets- og høgskulebibliotek",),
}
FORMS = {
    "group/bibliotek": "bibliotekene bibliotekenes biblioteka",
    "group/biblioteksektoren": "biblioteksektor biblioteksektoren biblioteksektorens bibliotekfeltet bibliotekfeltets",
    "group/biblioteksystemene": (
        "biblioteksystemer biblioteksystemene biblioteksystemenes biblioteksystema biblioteksystemleverandør"
        " biblioteksystemleverandøren biblioteksystemleverandører biblioteksystemleverandørene"
        " biblioteksystemleverandørenes biblioteksystemleverandørar biblioteksystemleverandørane"
    ),
    "group/fylkeskommuner": (
        "fylkeskommune fylkeskommunen fylkeskommunens fylkeskommuner fylkeskommunene fylkeskommunenes"
        " fylkeskommunar fylkeskommunane"
    ),
    "group/rettighetshavere": (
        "rettighetshaver rettighetshaveren rettighetshaverens rettighetshavere rettighetshaverne rettighetshavernes"
        " rettshavar rettshavaren rettshavarar rettshavarane"
    ),
    "group/skoler": "skoler skolene skolenes skular skulane",
    "service/metadatabronnen": "metadatabrønn metadatabrønnen metadatabrønnens Metadatabrønnen",
    "service/nettbiblioteket": "nettbiblioteket nettbibliotekets Nettbiblioteket",
}
PHRASES = {
    "group/bibliotek": (
        "alle bibliotek",
        "alle biblioteker",
        "andre bibliotek",
        "andre biblioteker",
        "norske biblioteker",
    ),
    "group/hoyere-utdanningsinstitusjoner": (
        "høyere utdanningsinstitusjon",
        "høyere utdanningsinstitusjonen",
        "høyere utdanningsinstitusjoner",
        "høyere utdanningsinstitusjonene",
        "høgare utdanningsinstitusjonar",
        "høgare utdanningsinstitusjonane",
    ),
    "group/statlige-aktorer": (
        "statlige aktører",
        "statlige aktørene",
        "statlige aktørenes",
        "statlege aktørar",
        "statlege aktørane",
    ),
    "group/strategisk-rad": ("strategisk råd", "strategisk råds", "strategiske rådet", "strategiske rådets"),
    "group/videregaende-skoler": (
        "videregående skole",
        "videregående skoler",
        "videregående skolene",
        "videregående skolenes",
        "vidaregåande skule",
        "vidaregåande skular",
        "vidaregåande skulane",
    ),
    "service/autoritetsregister": (
        "felles autoritetsregister",
        "felles autoritetsregisteret",
        "felles autoritetsregistret",
    ),
    "service/bibliotekkortet": ("nasjonalt lånekort", "nasjonale lånekortet"),
    "service/det-nasjonale-lanerregisteret": (
        "nasjonalt lånerregister",
        "nasjonale lånerregisteret",
        "nasjonale lånerregistret",
        "nasjonale lånerregisterets",
        "nasjonalt lånarregister",
        "nasjonale lånarregisteret",
    ),
    "service/nasjonal-digital-infrastruktur": (
        "nasjonal digital infrastruktur",
        "nasjonale digitale infrastrukturen",
        "digital infrastruktur for folkebibliotek",
        "digital infrastruktur for folkebibliotekene",
        "digital infrastruktur for folkebiblioteka",
        "digitale infrastrukturen for folkebibliotekene",
    ),
    "service/nasjonalt-vitenarkiv": ("nasjonalt vitenarkiv", "nasjonale vitenarkivet", "nasjonale vitenarkivets"),
    "service/nb-no-skole": ("nettressurs for videregående skoler", "nettressurs for vidaregåande skular"),
}
CASES = [
    *((key, stem + ending) for key, stems in LIBRARIES.items() for stem in stems for ending in NEUTER),
    *((key, stem + ending) for key, stems in LIBRARIES_NN.items() for stem in stems for ending in NEUTER_NN),
    *((key, form) for key, forms in FORMS.items() for form in forms.split()),
    *((key, form) for key, forms in PHRASES.items() for form in forms),
]


@pytest.fixture(scope="module")
def gazetteer(project: ProjectData) -> Gazetteer:
    return read_gazetteer(project.schemes, project.curated)


@pytest.mark.parametrize(("key", "form"), CASES)
def test_every_form_is_found(gazetteer: Gazetteer, key: str, form: str) -> None:
    assert gazetteer.entities.get(form) == ID + key
