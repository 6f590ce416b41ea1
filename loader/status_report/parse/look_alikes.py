"""Numbers and words that are written like a time but are none: money, counts, sections, standards, documents, works."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"""(?:
      \b(?:kapittel|kap\.|punkt|pkt\.|versjon|v\.|om|hver|kvar|side|s\.|nr\.|nummer|\w+nummer|tlf\.?|telefon|ring|kl\.|kr\.?|kroner|NOK)
    | §{1,2}
    | [A-Za-zÆØÅæøå]-
    | \b(?:\w*lov(?:en|a)?|forskrift\w*)\sav                            # åndsverkloven av 2018
    )\s*$""",
    re.VERBOSE,
)
_OF_A_DOCUMENT = re.compile(
    r"\b(?:Meld\.|St\.|Ot\.|Prop\.|Innst\.|Dok\.|Dokument|Rundskriv)[^()]{0,40}\($", re.IGNORECASE
)
"""A session of parliament: "Meld. St. 8 (2019–2020)"."""
_WORKS = re.compile(
    r"""\b(?:verk|bok|bøker|aviser?|avisene|avisane|tidsskrift(?:er|et|ene)?|materiale|titler|titlar|utgivelser|utgjevingar
    |dokument(?:er|ene)?|film(?:er|ar)?|publikasjon(?:er|ar)|samling(?:er|ar)?|artikl(?:er|ar)|kart|bilder|bilete|fotografi(?:er)?|musikk|radioprogram(?:mer)?)
    \s(?:som\s)?(?:er\s)?(?:(?:utgitt|utgje[nv]e?|utgjevn?e|utkomne?t?|publiser\w+|trykte?|prenta|skrevet|skrive|produser\w+|laget|laga)
    (?:\s(?:i|på|fra|frå|før|etter|mellom))?|fra|frå|før|eldre\senn|nyere\senn|nyare\senn)
    (?:\s(?:perioden|årene|åra|og\smed))?(?:\s\d{4}\stil)?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Works with the time that they are from: "verk utgitt før 2000"."""
_DOCUMENT = (
    r"(?:søknad|brev|rapport|avtale|vedtak|kontrakt|utredning|utgreiing|notat|strategi|melding|plan|tilbud|tilbod|henvendelse|førespurnad"
    r"|referat|bestilling|innspill|innspel|evaluering|undersøkelse|undersøking|kartlegging|forslag|framlegg|statistikk|uttalelse|uttale"
    r"|høringssvar|høyringssvar|e-post)"
)
_DATED_DOCUMENT = re.compile(
    rf"\b\w*{_DOCUMENT}(?:(?:e?n|et|a|ene|ane)\s(?:fra|frå)|\w{{0,3}}\s(?:av|datert|dagsett))(?:\sden|\si)?\s*$"
    r"|\b(?:tall|tallene|tal|tala)\s(?:fra|frå)\s*$",
    re.IGNORECASE,
)
"""A document with the date that it bears: "søknaden fra mars 2026", "brev av 3. mars"."""
_BUDGET = re.compile(
    r"\b(?:\w*budsjett|tildelingsbrev|årsmelding|årsrapport|årsregnskap|årsrekneskap)(?:et|a|en|s?forslag(?:et)?)?\s(?:for\s)?$"
    r"|\b(?:\w*(?:tilskudd|tilskot)(?:ene|a|et)?|\w*midl(?:ene|ane)|bevilgning(?:en|ene)|løyvinga|tallene|tala|søknad(?:ene|ane))\sfor\s$",
    re.IGNORECASE,
)
"""A document that is named by the year that it is for: "statsbudsjettet for 2027"."""
_DAY_AND_MONTH = re.compile(r"(?:[12]?\d|3[01])/(?:\d|1[0-2])")
_ON_A_DAY = re.compile(
    r"\b(?:den|innen|innan|før|etter|fra|frå|til|og|på|per|pr\.|er|var|blir|vert|dato|frist\w*:?|senest|seinast|møte\w*|\w{2,}[ta])\s$",
    re.IGNORECASE,
)
"""What makes a day of "14/1", which else is a fraction or an issue."""
_PART = re.compile(r"\s(?:av|del|stilling|årsverk|time)\b")
_NUMBERED = re.compile(r"\s+(?:nr\.|(?:\d{2,}(?![\w.]))|mill\w*\b|kr\b|kroner\b|NOK\b)")
_COUNT_NOUN = re.compile(
    r"\s+(?:kroner|bibliotek\w*|kommuner|kommunar|titler|titlar|bøker|bind|verk|eksemplarer?|brukere|brukarar|lånere|lånarar|skoler|skular"
    r"|personer|personar|ansatte|tilsette|deltakere|deltakarar|sider|dokument\w*|poster|postar|utlån|besøk\w*|timer|timar|dager|dagar)\b"
)
_TIME_BEFORE = re.compile(
    r"(?:^|[(,;:–-]|\b(?:i|fra|frå|med|for|etter|før|innen|innan|til|siden|sidan|mellom|og|eller|ved|av|år|året|årene|åra"
    r"|perioden|løpet av|primo|medio|ultimo|tidlig|tidleg|sent|seint|senest|seinast|tidligst|tidlegast|først))\s*$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:og|eller|til|som|men|med|ved|for|i|på|av|etter|under|der|når|da|då|er|var|har|hadde|ble|blei|blir|vart|vert|skal|skulle|vil|kan"
    r"|startet|starta|kom|kjem|kommer|fikk|fekk|får|gikk|gjekk)\b|[a-zæøå]+(?:es|ast)\b)[a-zæøå]{2,}"
)
_NUMBER_BEFORE = re.compile(r"(?:\b[A-ZÆØÅ]{2,}(?:-[A-Z]+)?|\d:?)\s*$")
"""What makes a number of a year: "NOU 2024: 12", "ISO 2709", "2310 2025"."""
_THEN = re.compile(r"\s+i\s+(?:19|20)\d\d")
"""A number with its year: "økte til 2050 i 2025"."""
_TITLE = re.compile(r"«[^«»]{0,60}$")


def is_look_alike(text: str, start: int, end: int, *, bare_year: bool) -> bool:
    """Return whether what is written like a time at this place is a number or the date of something else."""
    before, after = text[:start], text[end:]
    if _BEFORE.search(before) or _OF_A_DOCUMENT.search(before) or _WORKS.search(before) or _NUMBERED.match(after):
        return True
    if _DATED_DOCUMENT.search(before) or (bare_year and _BUDGET.search(before)):
        return True
    if _DAY_AND_MONTH.fullmatch(text[start:end]) and (not _ON_A_DAY.search(before) or _PART.match(after)):
        return True
    if re.fullmatch(r"\d+/\d+", text[start:end]) and not _DAY_AND_MONTH.fullmatch(text[start:end]):
        return True
    if text[start:end].lower() == "i vår" and re.match(r"\s+[a-zæøå]", after):
        return True
    return bare_year and _is_number(before, after)


def _is_number(before: str, after: str) -> bool:
    if (
        _COUNT_NOUN.match(after)
        or _THEN.match(after)
        or _NUMBER_BEFORE.search(before)
        or (_TITLE.search(before) and "»" in after[:60])
    ):
        return True
    return bool(_NOUN_AFTER.match(after)) and (not _TIME_BEFORE.search(before) or bool(re.search(r"\bmed\s*$", before)))
