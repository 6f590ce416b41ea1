"""The words that show in which role a name stands, in bokmål and nynorsk, as tables of patterns.

The patterns read a text in which `roles.py` has written `NAME` or `GENITIVE` over each character of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loader.status_report.model.report import MentionRole

NAME, GENITIVE = "\ue000", "\ue001"
"""Characters that no report uses: for a name, and for a name in the genitive."""


@dataclass(frozen=True)
class Rule:
    """What shows a role: a cue before the name, what follows the name, or both."""

    role: MentionRole
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    fixed: bool = True
    """Whether the cue is one phrase; else other words may part its noun or verb from its preposition."""
    context: re.Pattern[str] | None = None
    """What must stand in the sentences before."""
    name: re.Pattern[str] | None = None
    """What the name must hold, where the words show the role only of such a name."""


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_ANY_NAME = rf"[{NAME}{GENITIVE}]+"
_NO_ADJECTIVE = (
    r"og|eller|samt|om|gjennom|via|etter|for|til|av|i|på|fra|frå|ved|hos|med|under|over|mot|mellom|som|at|å|er|var|ble|blei|vart|vert"
    r"|blir|har|hadde|skal|skulle|vil|kan|må|bør|ikke|ikkje|men|mens|der|når|fordi"
)
_WORD = rf"(?!(?:{_NO_ADJECTIVE})\b)\w[\w/.-]*"
_MEMBERS = (
    r"(?:representant|delt[ak]|tilsett|ansatt|kolleg|medlem|brukar|bruker|lærar|lærer|elev|leiing|ledelse|styre"
    r"|fagmiljø)\w*\s+(?:for|fra|frå|i|ved|hos|på)\s+"
)
_WORDS_BEFORE = rf"(?:{_MEMBERS}|{_WORD}\s+){{0,5}}"
_ITEM = rf"{_WORDS_BEFORE}(?:{_ANY_NAME}|{_WORD}(?:\s+(?:i|ved)\s+[A-ZÆØÅ]\w+)?)"
_AND = r"(?:\s*,\s*(?!og\b|men\b|som\b)|\s*/\s*|\s+(?:og|eller|samt)\s+(?:med\s+|for\s+|til\s+)?)"
_LIST_BEFORE = rf"(?:{_ITEM}{_AND})*{_WORDS_BEFORE}"
_LIST_AFTER = rf"(?:{_AND}{_ITEM})*"
_IS = r"(?:er|var|ble|blei|vart|vert|blir|har|kom|kommer)"

LIST_BEFORE = _pattern(rf"\s+{_LIST_BEFORE}")
"""What may stand between a cue and a name: the items of a list, and adjectives."""
PREPOSITION = _pattern(rf"(?<!\w)(?:med|for|til|av|fra|frå|hos|ved|om|mot|i|på)\s+{_LIST_BEFORE}\Z")
"""A preposition that governs the name, which then is no subject."""
NEGATION = _pattern(
    r"\b(?:ikke|ikkje|ingen|inga|intet|aldri|uten|utan|verken|hverken|korkje)\b(?!\s+(?:bare|berre|kun|minst))"
)
NEGATION_AFTER = _pattern(
    rf"{_LIST_AFTER}(?:\s+om\s+[\w\s-]*?)?\s+{_IS}\s+(?:\w+\s+)?(?:ikke|ikkje|aldri)\s+(?:blitt\s+|vorte\s+)?"
    r"(?:inng|underteg|signer|etabler|innled|start|gjennomf|avhold|hald|held|på plass|i stand|avtal|planl)"
)
"""What denies an agreement or a meeting that is the subject of its sentence."""
CLAUSE = _pattern(r"[,;:(–]\s|\s(?:men|fordi|mens|selv om|sjølv om)\s")
SENTENCE_END = re.compile(
    rf"(?<!\bbl\.a\.)(?<!\bf\.eks\.)(?<=[\w»)%{NAME}{GENITIVE}][.!?])\s+(?=[A-ZÆØÅ«{NAME}{GENITIVE}])|\.{{3,}}|…"
)
OWNED_NOUN = _pattern(
    r"\w*(?:tjeneste|teneste|løsning|løysing|register|nettsted|nettstad|plattform|prosjekt|program|ordning|database"
    r"|portal)\w*|\w*system(?:et|er|a|ene)?(?!\w)"
)
GOVERNING_NOUN = _pattern(
    r"\w*(?:strategi|lov|forskrift|vedtak|budsjett|føring|bestilling|tildelingsbrev|oppdragsbrev|handlingsplan|retningslinj"
    r"|bevilgning|løyving)\w*"
)

_PARTNER = r"(?:samarbeids)?partn(?:er|ar)\w*"
_SUPPLIER = r"\w*leverandør\w*"
_OWNER = r"(?:eier|eigar)\w*"
_GOVERNS = _pattern(r"departement|storting|regjering")
"""Names of those who govern: of others, "på vegne av" or "bedt om" does not say so."""
_MONEY = r"\w*(?:tilskudd|tilskot|midler|midlar|støtte|stønad|finansiering|bevilgning\w*|løyving\w*)"
_PRODUCED = r"(?:(?:lever|produser|programmer)(?:t|te|es|ast)|(?:utvikl|drift)(?:et|a|es|ast)|bygd|bygges|byggjast)"
_CONTRACT = r"(?:\w*kontrakt|rammeavtale|leverandøravtale|innkjøpsavtale|tenesteavtale|tjenesteavtale)\w*"
_JOINT = (
    r"(?:samarbei|dialog|samtal|forhandl|møte|drøft|diskut|diskusjon|kontakt|samråd|samspel|samspill|partnerskap"
    r"|partnarskap|samordn|koordiner|konferer|\w*utveksl|avklar|\w*avtal|enig|einig)\w*"
)
_GAP = r"(?:\s+(?!(?:og|men|fordi|mens|når|arbeid|arbeidet|arbeider)\b)[\w/.-]+){0,8}?"
_GAP_WITH_NAMES = rf"(?:\s+(?:{_ANY_NAME}|[\w/.-]+)){{0,8}}?"

_CUES: dict[MentionRole, tuple[str, ...]] = {
    MentionRole.SUPPLIER: (
        rf"{_PRODUCED}\s+(?:av|fra|frå)|leveranse\w*\s+(?:fra|frå)|(?:inn)?kjøp\w*\s+(?:\w+\s+)?(?:av|fra|frå|hos)",
        rf"{_SUPPLIER}\s+(?:er|var|blir|vert)|{_SUPPLIER}:?|(?:satt?|sett)\s+(?:ut|bort)\s+til|(?:gikk|gjekk)\s+til",
        r"(?:\w*kontrakt|oppdrag)\w*\s+(?:\w+\s+){0,3}(?:tildelt|gitt|gjeve)(?:\s+til)?",
        r"(?:utvikling|drift|lever)\w*\s+(?:gjøres|skjer|utføres|ivaretas|(?:ble|blei|vart|blir|vert|er)\s+(?:gjort|gjord|utført|ivaretatt|ivareteken|ivaretatt|overtatt|overteken))\s+av",
        rf"{_PRODUCED}\s+(?:for|til)\s+(?:\w+\s+){{0,2}}{_ANY_NAME}\s+av",
        r"leverer|leverte|utvikler|utviklar|bygger|byggjer|drifter",
    ),
    MentionRole.PARTNER: (
        rf"(?:sammen|saman|i\s+lag|på\s+lag|i\s+fellesskap)\s+med|{_PARTNER}(?:\s+(?:er|var))?:?",
        r"møtt|møtte|møter|(?:deltaker|deltakar|deltager)\w*\s+(?:fra|frå)",
        r"(?<!med )(?<!til )(?<!for )(?:(?:representant|medlem)\w*\s+(?:fra|frå)|representant\w*\s+for)",
    ),
    MentionRole.AUDIENCE: (
        r"(?:slik|for|så)\s+at|for|til|overfor|(?:rettet|retta|retter\s+seg|rettar\s+seg)\s+mot|blant(?!\s+ann)",
        r"(?:sendt?|sendes|sendte|levert|leverte|distribuert|delt|formidlet|formidla|oversendt)\s+(?:ut\s+)?til",
        r"(?:over)?send(?:t|te|er|es|ast|e)|overlever\w*|forelagt|varsl\w*|orienter\w*|informer\w*|inviter\w*|tildel\w*|tilby\w*",
        r"del(?:es|er|t|ast)\s+med|h(?:ø|øy)ring\w*\s+(?:hos|til|blant)",
        r"(?:brukes|brukt|nyttes|nytta|tatt\s+i\s+bruk)\s+(?:av|i)|(?:for|til)\s+bruk\s+i",
        r"(?:målgruppe|mottaker|mottakar)\w*(?:\s+(?:er|var))?:?|behov\w*\s+(?:til|hos|i)",
    ),
    MentionRole.AUTHORITY: (
        r"(?:på\s+)?(?:oppdrag|bestilling)\s+(?:fra|frå|av|for)|bestilt\s+av|rapporter\w*\s+til",
        r"(?:vedtak|behandling|handsaming)\w*\s+(?:i|av|fra|frå)|på\s+h(?:ø|øy)ring\s+(?:av|fra|frå)",
        rf"{_MONEY}\s+(?:fra|frå)|(?:finansier|støtt|bevilg|løyv)\w*\s+av",
        r"(?:føring\w*|oppdrag|pålegg|krav|tildelingsbrev\w*|bestilling\w*)\s+(?:fra|frå)",
        r"(?:ved(?:tatt|teken|tatte|tekne)|godkjent\w*|besluttet|fastsatt|fastsett|pålagt)\s+av",
        r"vedtok|vedtar|vedtek|bevilg(?:et|a|er|de)|løyv(?:de|er)",
    ),
    MentionRole.OWNER: (
        r"(?:eid|eigd|eies|eigast|ledes|ledet|leia|leiast|drevet|driven|drive|drives|forvaltet|forvalta|forvaltes)\s+av",
        r"(?:arrangert|arrangeres)\s+av|i\s+regi\s+av|(?:tilbud|tilbod|tjeneste|teneste|prosjekt)\w*\s+(?:fra|frå)",
        rf"{_OWNER}(?:\s+er)?:?|ansvarl[ie]g\s+for\s+(?:\w+\s+){{1,3}}er",
    ),
    MentionRole.NAMED: (
        r"(?:knytt\w*|hensyn|omsyn|forhold|høve|tillegg|vise[rs]?|henvis\w*|frem|fram|overfør\w*|flytt\w*|hører|høyrer"
        r"|tjenesten|tenesta)\s+(?:også\s+|òg\s+)?til",
        r"(?:ansvar|stede|stad|utfordr|problem|risiko|konsekvens|sørge|syte|vegne|medlem)\w*\s+for|for\s+(?:å|perioden)|underleverandør\w*\s+til",
        rf"overfør\w*\s+(?:fra|frå)\s+{_ANY_NAME}\s+til",
    ),
}  # fmt: skip
"""Fixed phrases before a name; those of `NAMED` only look like a cue of another role."""

_PARTED_CUES: dict[MentionRole, tuple[str, ...]] = {
    MentionRole.SUPPLIER: (rf"{_CONTRACT}{_GAP}\s+(?:med|mellom)",),
    MentionRole.PARTNER: (rf"(?:i\s+(?:(?!og\b|eller\b)\w+\s+){{0,2}})?{_JOINT}{_GAP}\s+(?:med|mellom)",),
    MentionRole.AUDIENCE: (rf"behov\w*{_GAP}\s+av",),
    MentionRole.AUTHORITY: (rf"{_MONEY}{_GAP_WITH_NAMES}\s+(?:fra|frå)",),
}
"""Nouns and verbs whose preposition may come later: "kontrakten ble inngått i februar med"."""

_FOLLOWING: dict[MentionRole, tuple[str, ...]] = {
    MentionRole.PARTNER: (
        r"sammen|saman|i\s+fellesskap|(?:[\w-]+\s+){1,5}(?:i\s+fellesskap|(?:sammen|saman)(?!\s+med))",
        rf"(?:samarbei|koordiner|samordn|forhandl|medvirk|medverk)\w+|(?:\w+\s+){{0,3}}{_PARTNER}",
        r"del(?:tar|tek|tok|tatt)|bidr(?:ar|eg|att|ege)",
        r"(?:(?:sitter|sit|satt|sat)\s+)?(?:med\s+)?i\s+(?:\w+\s+)?\w*(?:gruppe?|gruppa|utval|nettverk|råd|komit)\w*",
        r"(?:inngå|inngi|inngje|signer|underteg|undertei|skriv)\w*\s+(?:under\s+)?(?:på\s+)?(?:(?:en|ei|ein|ny)\s+){0,2}"
        r"(?!leverandør|innkjøp|t[je]+neste)\w*(?:avtale|erklæring)\w*",
    ),
    MentionRole.SUPPLIER: (
        r"data(?:behandler|behandlar|handsamar)\w*",
        r"(?:lever|produser)(?:e|er|te|t)|(?:utvikl|drift)(?:e|er|ar|et|a)|bygg(?:e|er|je|jer)",
        r"står\s+for\s+(?:\w+\s+)?(?:drift|utvikling|vidareutvikling|videreutvikling|lever)\w*",
        r"f(?:ått|ikk|ekk|år)\s+(?:\w{2,}\s+)?(?:oppdrag|kontrakt)\w*",
        r"(?:vant|vann)\s+(?:\w+\s+)?(?:\w*konkurranse|anbud|anbod|kontrakt|oppdrag)\w*",
        rf"(?:valgt|vald|utpekt)\s+som\s+{_SUPPLIER}|(?:\w+\s+){{0,2}}{_SUPPLIER}",
    ),
    MentionRole.AUDIENCE: (
        r"(?:få|får|fått|fikk|fekk|mottar|mottatt|mottok|tek imot)\s+(?:\w+\s+)?"
        r"(?:tilgang|tilbud|tilbod|tilskudd|tilskot|midler|midlar|støtte|materiell|opplæring)",
        r"(?:orienter|informer|inviter)(?:t|te)|tildelt|tilby(?:r?s|des|dast)|tilbudt|tilbode|tilgang|søke|søkje|bruke|benytte|nytte|låne",
    ),
    MentionRole.AUTHORITY: (
        r"vedtok|vedtatt|vedtar|vedteke|vedtek|bevilg\w+|løyv\w+|besluttet|bestemt|fastsett\w*",
        r"(?:la|lagt|legge?r?)\s+fr[ea]m|foreslå\w*\s+(?:[\w-]+\s+){0,4}\w*(?:lov|lova|forskrift|budsjett)\w*",
        rf"g(?:itt|ir|av|jev|jeve)\s+(?:(?:\w+\s+)?{_MONEY}|{_ANY_NAME}\s+i\s+oppdrag)",
    ),
    MentionRole.OWNER: (r"eier|eig|driver|driv|forvalter|forvaltar",),
}
"""What follows a name that is the subject, after auxiliary verbs and adverbs."""


def _cue(words: str) -> re.Pattern[str]:
    return _pattern(rf"(?<![\w-])(?:{words})(?=\s)")


def _following(words: str) -> re.Pattern[str]:
    auxiliary = rf"(?:{_IS}|skal|vil|kan|må|bør|fortsatt|framleis|også|òg|nå|no|da)"
    return _pattern(rf"{_LIST_AFTER}(?:,?\s+som)?(?:\s+{auxiliary})*\s+(?:{words})(?!\w|\s+ikk)")


def _rules_before() -> Iterator[Rule]:
    for role, noun in ((MentionRole.PARTNER, _PARTNER), (MentionRole.SUPPLIER, _SUPPLIER)):
        yield Rule(role, _cue("med"), _pattern(rf"{_LIST_AFTER}\s+som\s+(?:\w+\s+)?{noun}"))
    inverted = r"\s+(?:(?:nå|no|òg|også)\s+)?"
    yield Rule(
        MentionRole.AUTHORITY,
        _cue("har|skal|vil"),
        _pattern(inverted + r"(?:(?:lagt|legge)\s+fr[ea]m|vedtatt|vedteke|bevilget|løyvd)"),
    )
    produce = r"(?:levere|levert|utvikle|utviklet|utvikla|bygge|drifte)(?!\w)"
    yield Rule(MentionRole.SUPPLIER, _cue("har|skal|vil|kan"), _pattern(inverted + produce))
    bought = r"(?:inn)?kjøp|drift|levering|leveranse|utvikling|vidareutvikling|videreutvikling"
    yield Rule(
        MentionRole.SUPPLIER,
        _cue(r"\w*avtal\w+\s+med"),
        _pattern(rf"{_LIST_AFTER}\s+om\s+(?:\w+\s+)?(?:{bought})(?!\w)"),
    )
    for words in (
        r"på\s+veg(?:ne|ner)\s+av|(?:anmod|oppmod|bestilling|føresp)\w*\s+(?:fra|frå)",
        r"(?:til|under)\s+(?:vurdering|behandling|handsaming)\s+(?:i|hos)",
    ):
        yield Rule(MentionRole.AUTHORITY, _cue(words), name=_GOVERNS)
    treated = (
        r"\s+(?:ble|blei|vart|blir|vert|er|var)\s+(?:\w+\s+){0,3}(?:behandlet|handsama|drøftet|drøfta|vedtatt|vedteken)"
    )
    yield Rule(MentionRole.AUTHORITY, _cue("i"), _pattern(treated), name=_GOVERNS)
    yield from (Rule(role, _cue(words)) for role, cues in _CUES.items() for words in cues)
    yield from (Rule(role, _cue(words), fixed=False) for role, cues in _PARTED_CUES.items() for words in cues)


def _rules_after() -> Iterator[Rule]:
    yield from (Rule(role, after=_following(words)) for role, cues in _FOLLOWING.items() for words in cues)
    for role, noun in ((MentionRole.PARTNER, _PARTNER), (MentionRole.SUPPLIER, _SUPPLIER), (MentionRole.OWNER, _OWNER)):
        yield Rule(role, after=_pattern(rf"\s*\(\s*(?:\w+\s+)?{noun}"))
    request = _pattern(r"\b(?:vedtok|vedtatt|vedtak\w*|vedteke|anmod\w*|oppmod\w*)\b")
    yield Rule(
        MentionRole.AUTHORITY, after=_following(r"(?:ber|ba|bad|bedt|pålegger|påla|pålagt|pålegg)"), name=_GOVERNS
    )
    yield Rule(MentionRole.AUTHORITY, after=_following(r"(?:følge|fylgje|følgje)r?\s+opp"), context=request)


BEFORE = tuple(_rules_before())
"""The rules with a cue before the name."""
AFTER = tuple(_rules_after())
"""The rules for a name that is the subject of what follows it."""
