"""The words that say whether something happened, in bokmål and nynorsk, and their groups ("skal leveres")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum


class Cue(Enum):
    """What a word says."""

    PLAN = "plan"
    """It is to happen: "skal", "forventes", "planlagt"."""
    EXPECTED = "expected"
    """A participle of planning: "planlagt", which after "var" is a plan of the past."""
    WAS_PLAN = "was_plan"
    """It was the plan: "planen var"."""
    OBLIGED = "obliged"
    """It was to happen: "skulle", "burde"."""
    OPEN = "open"
    """It may happen: "kan", "vurderes"."""
    COVERS = "covers"
    """A time is covered, and nothing happens then: "gjelder"."""
    PAST = "past"
    BECOMES = "becomes"
    """Present or future: "blir", "lanseres"."""
    IS = "is"
    MOVED = "moved"
    CANCELLED = "cancelled"
    DONE = "done"
    """A participle: "levert"."""
    READY = "ready"


_MOVED = (
    r"utsatt|utsette?|utsettes|utsettast|utsatte|utset\w+|flytt(?:et|a|es|ast|er|ar)|forskjøv(?:et|ne)|forskyv\w+|forskøv\w*"
    r"|forskuv\w+|skjøvet|skyves|skuv(?:a|e|en|ast)|forsink(?:et|a|es)|forseink(?:a|ast)|fr[ae]mskyn\w+|framskund\w+"
    r"|forleng(?:et|a|es|ast|d|de|t)|endr(?:et|a)(?=\stil\s|\s(?:fra|frå)\s[^;]{3,40}\stil\s)"
)
MOVED = re.compile(rf"(?<![\w-])(?:{_MOVED})(?![\w-])", re.IGNORECASE)
"""Verbs of moving a date; after them "fra" and "til" stand before two times."""

_NO_VERBS = (
    r"felles|deres|alles|begges|andres|annes|enkeltes|anderledes|således|likeledes|[a-zæøå]{3,}(?<!tj)(?<!\bm)enes"
    r"|utkast|kontrast|ballast"
)
PASSIVE = rf"(?!(?:{_NO_VERBS})\b)[a-zæøåA-ZÆØÅ][a-zæøå]+(?:[bdfgjklmnprstv]es|[bdfgjklmnprstv]ast)"
"""The passives in -s and -st: "lanseres", "takast"; not genitives as "bibliotekenes"."""

_ANNOUNCED = r"(?:lovet|lova|varslet|varsla)"
_ANNOUNCES = rf"(?<!\ser\s)(?<!var\s)(?<!\sble\s)(?<!vart\s)(?<!blei\s){_ANNOUNCED}(?=\s(?:i|den|på|om)\s)"
"""Telling with its time is an act, not a plan: "varslet i mars 2026 at …"."""

_TABLE = {
    Cue.PLAN: (
        r"skal|vil\s(?:først|fyrst|tidligst|tidlegast)\skunne|vil|håper|håpar|vonar|akter|aktar|kommer(?:\s\w+)?\stil\så|kjem(?:\s\w+)?\stil\så|planlegg\w*|forvent(?:es|ast|er|ar)|ventes|ventast"
        r"|vent(?:er|ar)(?!\spå)|antas|rekna?r\smed|regner\smed|ta(?:r|s)\ssikte\spå|(?:blir|vert)\st(?:att|eke)\ssikte\spå|tek(?:st)?\ssikte\spå|sikter\smot"
        r"|målet\ser"
    ),
    Cue.EXPECTED: (
        rf"planlag[td]e?|avtalt|estimert|antatt|beregnet|berekna|forventet|forventa|ventet|venta|(?!{_ANNOUNCES}){_ANNOUNCED}"
    ),
    Cue.WAS_PLAN: (
        r"(?:planen|målet|meningen|meininga|intensjonen|ambisjonen)\svar|(?:ble|blei|vart)\st(?:att|eke)\ssikte\spå"
        r"|var(?:\sdet)?\s(?:planen|målet|meningen|meininga|intensjonen)"
    ),
    Cue.OBLIGED: r"skulle|burde",
    Cue.OPEN: (
        r"kan|kunne|bør|neppe|(?:bedt|bad?|ber|søkt|søkte|søker|søkjer)\som\s(?:utsatt|utsett|utset\w+|utsettelse|forleng\w+|ny\sfrist)|(?:trolig|truleg|sannsynlig(?:vis)?|sannsynleg(?:vis)?|antagelig|antakelig)\s(?:ikke|ikkje)|avheng\w+\sav|(?:tvilsomt|tvilsamt|uvisst)\som|vurderes|vurderer|vurderast|vurderar|kanskje|muligens|eventuelt|(?:usikkert|usikker|uklart|uvisst|uavklart)(?:\som)?"
        r"|ikk(?:e|je)\s(?:\w+\s)?(?:avklart|avgjort|bestemt|besluttet|klart|kjent|avklara|avgjord)(?:\s(?:om|når))?"
    ),
    Cue.COVERS: (
        r"bygg(?:er|jer|ar|de|et|a)?\s(?:videre\s|vidare\s)?på|baser(?:er|te)\sseg\spå"
        r"|gjelder|gjeld|gjaldt|omfatter|omfattar|dekker|dekkjer|løper(?!\sut\s(?:\d{1,2}\.|i\s|den\s|ved\s))"
    ),
    Cue.MOVED: _MOVED,
    Cue.CANCELLED: (
        r"avlys(?:t|te|es|ast)|uteble|uteblei|kansellert|kanselleres|skrinlag[td]|innstilt|droppet|droppa|utgår|utgikk|utgjekk"
        r"|bortfal(?:t|ler)|bortfell"
    ),
    Cue.PAST: (
        r"ble|blei|vart|var|hadde|fikk|fekk|kom|gikk|gjekk|ga|gav|la|tok|holdt|heldt|gjorde|rakk|nådde|satte|sette|vedtok|inngikk|mottok|sendte"
        rf"|{_ANNOUNCES}|meldte|meddelte|opplyste|lovte|lovde|skrev|foreslo|svarte|avslo|ba|krevde|ønsket|mente"
        r"|stanset|stansa|stoppet|stoppa|skjedde|hendte|fant\ssted|fann\sstad|foregikk|føregjekk|pågikk|pågjekk|varte|endte|overtok|opphørte|opphøyrde|sluttet|slutta"
        r"|møttes|møttest|møtte|kjøpte|solgte|selde|fullførte|sluttførte|overførte|overførde|videreførte|vidareførte|utførte|førte|førde"
        r"|utga|utgav|avholdt|deltok|overleverte|bestilte|samlet|valgte|valde|viste|bygde|kjørte|løste|nedla|avviklet|avvikla|utviklet"
        r"|underskrev|skrev\sunder|signerte|åpnet|ansatte|tilsette|tiltrådte|tiltredde|fratrådte|oppnådde|begynte|byrja|leverte|tildelte|ferdigstilte|offentliggjorde|gjennomførte"
        r"|innførte|lyste|deltok|trakk|drog?|fulgte|fulgde|drev|dreiv|hjalp|brøt|braut|forlot|bidrog?|bestod?|oppstod?|sank|sprakk|forsvann|lot|let|lét"
        r"|trådte|trådde|lå|låg|forelå|sto|stod|økte|auka|vokste|falt|fall|steg|(?!konsert|ekspert)\w{3,}erte"
    ),
    Cue.DONE: (
        r"bevilget|løyv[dt]|bevilga|(?!fortsatt|utsatt)[a-zæøå]+(?:tatt|satt|lagt|viklet|vikla|stilt|lyst|tildelt)|inngått|offentlig?gjort|offentleggjort|tildelt|tildelte|levert|fullført|ferdigstilt|gjennomført|sluttført|vedtatt|vedteke|vedtekne?|gitt|gjeve"
        r"|laget|laga|lagd|sendt|sende|utlyst|nådd|utarbeidet|utarbeidd|støttet|støtta|påbegynt|utgitt|lagt|bidratt|skrevet|skrive|opprettet|oppretta"
        r"|utviklet|utvikla|mottatt|motteke|besluttet|bestemt|kartlagt|utredet|utgreidd|innført|tatt|teke|teken|tekne|satt|sett|holdt|halde|avholdt"
        r"|gjort|fått|blitt|vorte|vært|vore|hatt|kommet|komme|kome|gått|vidareført|videreført|overført|ført|gjord|kunngjort|send|behandlet|behandla|handsama|handsamet|fordelt|fordelte|drøfta|drøftet|lagde?|oppnevnt|oppnemnd|utført|meldt|registrert|nedsatt|godkjent|signert|undertegnet|underteikna"
        r"|underskriven|testet|testa|oppdatert|etablert|ansatt|tilsett|valgt|vald|kjøpt|bestilt|iverksatt|iverksett|overlevert|fornyet|fornya"
        r"|avsluttet|avslutta|startet|starta|åpnet|opna|utvidet|utvida|oppnådd|delt|bygd|bygget|(?!konsert|ekspert)\w{3,}erte?"
    ),
    Cue.READY: r"ferdig|klart?|klare|på\splass|i\sdrift|i\sbruk|tilgjengelige?|tilgjengelege?|operativt?",
    Cue.IS: r"er|har",
    Cue.BECOMES: (
        r"blir|vert|verter|starter|startar|begynner|byrjar|åpner|opnar|leverer|leverar|lanserer|kommer|kjem|varer|varar|trer|foreligger|pågår|fortsetter|held|får|tar|tek|innfører|arrangerer|skjer|opph(?:ø|øy)rer|føreligg|ligg(?:er)?\s(?:føre|fr[ae]m|klart?)|sender|sendar|overtar|overtek|løper\sut|utløper|(?:legg(?:er)?|set(?:ter)?|lyser|går|gjeng|deler|gir|gjev|ruller|rullar)(?=\s(?:\w+\s)?(?:fr[ae]m|ut|over|inn|i\sgang|opp)\b)"
        rf"|(?-i:(?:[Tt]|[a-zæøå]+t)as(?<!atlas)|(?:[a-zæøå]*[Gg])is(?<!gratis)(?<!faglis)|[Nn]ås|{PASSIVE})"
    ),
}  # fmt: skip
_NONFINITE = (Cue.EXPECTED, Cue.MOVED, Cue.CANCELLED, Cue.DONE, Cue.READY)
_INFINITIVES = (Cue.BECOMES, *_NONFINITE)
_ALTERNATIVES = "|".join(f"(?P<{cue.value}>{words})" for cue, words in _TABLE.items())
_WORDS = re.compile(rf"(?<![\w-])(?:{_ALTERNATIVES})(?![\w-])", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:enn(?:\s(?:først|opprinnelig|opphavleg|det|som|var|vart|ble))*|som(?:\s(?:først|opprinnelig|opphavleg))?|slik\s(?:det\s)?(?:var|vart|ble))\s$",
    re.IGNORECASE,
)
"""Before a word that compares only: "senere enn planlagt", "som planlagt"."""
_EITHER = re.compile(
    r"holdt|sette|[a-zæøå]+erte|(?:stans|stopp|slutt|avvikl)(?:et|a)|(?:åpn|utvikl|saml|ønsk)et", re.IGNORECASE
)
"""Forms that are participles after another verb, and else of the past: "er planlagt holdt", "vart lanserte"."""
_LONGEST = 90
_NEAR = 25


@dataclass(frozen=True)
class VerbGroup:
    """A finite word with what belongs to it, or a participle that stands alone: what it says, and where it stands."""

    cue: Cue
    start: int
    end: int
    parts: tuple[Cue, ...] = ()
    first_end: int = 0
    """The end of its first word."""

    @property
    def is_finite(self) -> bool:
        """Return whether the group has a finite verb."""
        return self.cue not in _NONFINITE

    def has(self, cue: Cue) -> bool:
        """Return whether the group or a part of it says this."""
        return self.cue is cue or cue in self.parts

    def words(self) -> tuple[int, int]:
        """Return start and end of its words; of the first one where they are far apart."""
        return (self.start, self.end if self.end - self.start <= _LONGEST else self.first_end)


def groups(text: str, start: int, end: int) -> list[VerbGroup]:
    """Return the verb groups of a clause, in order."""
    verbs: list[VerbGroup] = []
    for match in _WORDS.finditer(text, start, end):
        cue = next(cue for cue in Cue if match[cue.value])
        if cue is Cue.PAST and verbs and _EITHER.fullmatch(match.group()) and match.start() - verbs[-1].end <= _NEAR:
            cue = Cue.DONE
        if _is_other(text, start, match, cue) or (verbs and _is_attribute(verbs[-1], match.start(), cue)):
            continue
        if verbs and _belongs(verbs[-1], cue):
            verbs[-1] = replace(verbs[-1], end=match.end(), parts=(*verbs[-1].parts, cue))
        else:
            verbs.append(VerbGroup(cue, match.start(), match.end(), first_end=match.end()))
    return verbs


def _is_other(text: str, start: int, match: re.Match[str], cue: Cue) -> bool:
    """Return whether a word is part of a comparison ("som planlagt") or a name inside a clause ("Norges")."""
    before = text[start : match.start()]
    if cue is Cue.EXPECTED:
        return bool(_COMPARED.search(before))
    return cue is Cue.BECOMES and match.group()[0].isupper() and bool(before.strip(" «(–-"))


def _is_attribute(group: VerbGroup, start: int, cue: Cue) -> bool:
    """Return whether a participle stands too far from a group to belong to it: "ble satt … avlevert materiale"."""
    return cue in (Cue.DONE, Cue.READY) and bool(group.parts) and start - group.end > _NEAR


def _belongs(group: VerbGroup, cue: Cue) -> bool:
    """Return whether a word goes on with a group: "skal" takes infinitives, "ble" and "er" take participles."""
    if group.cue in (Cue.PLAN, Cue.OBLIGED, Cue.OPEN, Cue.WAS_PLAN):
        return cue in _INFINITIVES
    if group.cue in (Cue.PAST, Cue.IS, Cue.BECOMES):
        return cue in _NONFINITE
    return group.cue in _NONFINITE and cue in _NONFINITE


_NOT = re.compile(
    r"\b(?:ikke|ikkje|aldri|ingen|inga|ingenting|verken|hverken|korkje)\b(?!-)"
    r"(?!\s(?:bare|berre|minst|senere|seinare)\b)",
    re.IGNORECASE,
)


def negations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the words that deny, without "ikke bare", "ikke minst" and "ikke senere enn"."""
    yield from (match.span() for match in _NOT.finditer(text, start, end))
