"""The words of pages, labels and docs: nynorsk in one form throughout, and no phrase translated word by word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NYNORSK = {
    "verte, vert, vart, vorte": r"bli|blir|blei|ble|blitt|blivit",
    "gje, gjev, gav, gjeve": r"(?:opp|ut|att|til|ved|av|over|om|inn)?(?:gi|gir|ga|gitt)",
    "òg": r"også",
    "ikkje": r"ikke",
    "berre": r"bare",
    "frå": r"fra",
    "noko": r"noe",
    "korleis": r"hvordan",
    "kva, kven, kvar": r"hva|hvem|hvor|hver|hvert",
    "sjølv": r"selv",
    "kjem": r"kommer",
    "finst": r"finnes|fins",
    "tek": r"tar|tatt",
    "mellom": r"blant",
    "åleine": r"alene",
    "prenta": r"trykt|trykte|trykkjer",
    "hende": r"skje|skjer|skjedde|skjedd",
    "skildring": r"beskriving\w*|beskriv",
    "difor": r"derfor",
    "samstundes": r"samtidig",
    "framleis": r"fortsatt|fremdeles",
    "kvar utsegn": r"kvart utsegn|eit utsegn",
    "triplar": r"tripel|tripla",
    "oversyn": r"oversikt\w*",
    "korkje": r"verken",
    "omgrepsliste": r"omgrepssaml\w*|omgrepsskjema\w*",
    "sjekksum": r"kontrollsum\w*",
}
"""The form of nynorsk that is used, and those that are not."""
BOKMAL = {
    "rettelse": r"retting\w*",
    "lesning": r"lesing(?:en|a|s)\b|\w+lesing\w*",
    "forkortelse": r"forkorting\w*",
    "beskrivelse": r"beskriving\w*|skildring\w*",
    "avgjørelse": r"avgjerd\w*|avgjøring\w*",
    "sammenligne, lignende": r"sammenlikn\w*|liknende",
    "framover, lagt fram": r"fremover|(?:lagt|legge|legger|la) frem",
    "fortsatt": r"fremdeles|framdeles",
    "sjekksum": r"kontrollsum\w*",
    "begrepsliste": r"begrepssaml\w*|begrepsskjema\w*",
    "forkortelsesliste": r"tegnforklaringen",
    "støtte": r"underbygg\w*",
    "sto": r"stod",
    "ga": r"gav",
    "siden, boken, listen": r"sida|boka|lista",
}
"""The form of bokmål that is used, and those that are not: one word for one thing."""
CALQUES = {
    "en": [
        r"does not say (accomplished|done)",
        r"so it stands in",
        r"tells? otherwise",
        r"hang together",
        r"as the (status )?report [^.]{0,20}tells it",
        r"all that stands",
        r"stands? so in",
        r"what lies behind",
        r"tell of a problem",
        r"tells? of (the|a|no) ",
        r"is told as",
        r"of which it is asked",
        r"said otherwise",
        r"stands? in (curly )?brackets",
        r"speaks? (not )?of (this|the)\b",
        r"what stands here",
        r"take the list along",
        r"says? of (one|the|each) ",
        r"is told by",
        r"is no (name|method|error)\b",
    ],
    "nb": [
        r"forteller det\b",
        r"fortelle ulikt",
        r"på den samme tiden som",
        r"det er sagt mer enn",
        r"er sagt annerledes",
        r"\bverte\b",
        r"som SPARQL vil ha",
    ],
    "nn": [r"fortel det\b", r"fortel ulikt", r"er sagt annleis", r"som SPARQL vil ha"],
}
DOCS = ["README.md", *sorted(str(file.relative_to(ROOT)) for file in (ROOT / "docs").rglob("*.md"))]
TURTLE = sorted(
    str(file.relative_to(ROOT))
    for folder in ("data", "ontology", "shapes")
    for file in (ROOT / folder).rglob("*.ttl")
    if not {"graphs", "profiles"} & set(file.parts) and file.name != "measures.ttl"
)
"""The Turtle that people write: neither what is built, nor the files of others, nor the wordings of the reports."""
WORDS = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "sparql_endpoint" / "words").glob("*.toml"))
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"@(nb|nn|en)\b')


def _texts(name: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a file with its language."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".toml"):
        for entry in tomllib.loads(text).values():
            yield from ((language, value) for language, value in entry.items() if isinstance(value, str))
    else:
        yield from ((match[2], match[1]) for match in LITERAL.finditer(text))


def _unquoted(text: str) -> str:
    """Return a text without quoted words and markup."""
    return re.sub(r"«[^»]*»|<[^>]*>", "", text)


def _other_forms(name: str, language: str, forms: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the texts of a language that have another form than the one that is used, with the one that is used."""
    texts = [_unquoted(text) for spoken, text in _texts(name) if spoken == language]
    return [
        (form, text)
        for form, others in forms.items()
        for text in texts
        if re.search(rf"\b(?:{others})\b", text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("name", [*WORDS, *TURTLE])
def test_nynorsk_keeps_one_form(name: str) -> None:
    assert _other_forms(name, "nn", NYNORSK) == []


@pytest.mark.parametrize("name", [*WORDS, *TURTLE])
def test_bokmal_keeps_one_form(name: str) -> None:
    assert _other_forms(name, "nb", BOKMAL) == []


@pytest.mark.parametrize("name", [*WORDS, *TURTLE])
def test_no_phrase_is_translated_word_by_word(name: str) -> None:
    found = [
        text
        for language, text in _texts(name)
        if any(re.search(phrase, text, re.IGNORECASE) for phrase in CALQUES.get(language, ()))
    ]
    assert found == []


@pytest.mark.parametrize("name", DOCS)
def test_the_docs_are_plain_english(name: str) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [phrase for phrase in CALQUES["en"] if re.search(phrase, prose, re.IGNORECASE)] == []
