"""The role in which a text names an organisation or a group, with the words that show it (`role_rules.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from loader.status_report.model.report import Mention, MentionRole
from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Span
from loader.status_report.parse import role_rules
from loader.status_report.parse.dehyphenate import Reading
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.mentions import MentionFinder, quoted

Evidence = tuple[MentionRole, Span | None]
"""A role and the place in the text of the words that show it; None for the place of what is only named."""
_NAMED: Evidence = (MentionRole.NAMED, None)
_WORD = re.compile(r"[\w/-]+\s+")
_SPACE = re.compile(r"\s*")
_AND_GENITIVE = re.compile(rf"(?:\s*,\s*|\s+og\s+){role_rules.GENITIVE}+")
_POSSESSIVE = re.compile(r"\s+(?:sin|sitt|sine|si)(?=\s)")
_DASH = re.compile(r"\s*[-–—(]\s*")


@dataclass(frozen=True)
class _Cue:
    """A cue before a name."""

    rule: role_rules.Rule
    start: int
    end: int
    last: int
    """Where the words end that show the role."""

    @property
    def nearness(self) -> tuple[int, bool, int]:
        """Return what is greatest for the cue that counts: the nearest; of two that end together the longest phrase."""
        return self.end, self.rule.fixed, -self.start if self.rule.fixed else self.start


@dataclass(frozen=True)
class RoleReader:
    """Reads the roles of the entities that one text names."""

    text: str
    spans: Sequence[tuple[int, int, str]]
    """Start, end and entity of each mention in the text."""
    vocabulary: Gazetteer

    @cached_property
    def _masked(self) -> str:
        """Return the text with the names of agents written over, so that patterns can tell names from other words."""
        masked = self.text
        for start, end, entity in self.spans:
            if entity in self.vocabulary.agents:
                mask = role_rules.GENITIVE if self._is_genitive(start, end, entity) else role_rules.NAME
                masked = masked[:start] + mask * (end - start) + masked[end:]
        return masked

    def _is_genitive(self, start: int, end: int, entity: str) -> bool:
        printed = " ".join(self.text[start:end].split())
        base = printed.removesuffix("s")
        known = self.vocabulary.entities
        return base != printed and entity in {known.get(base), known.get(base[:1].lower() + base[1:])}

    def role(self, start: int, end: int, entity: str) -> Evidence:
        """Return the role of the mention between `start` and `end`; services, laws and the like are only named."""
        if entity not in self.vocabulary.agents:
            return _NAMED
        return (
            self._owner(start, end, entity)
            or self._cued(start, end)
            or self._subject(start, end)
            or self._adjacent_owner(start, end, entity)
            or _NAMED
        )

    def _owner(self, start: int, end: int, entity: str) -> Evidence | None:
        """Return the role by what the name owns: "Norsk filminstitutts tjeneste", "Sikt sin tjeneste"."""
        if self._masked[start] == role_rules.GENITIVE:
            outer = [e for s, e, other in self.spans if s == start and e > end and other in self.vocabulary.owned]
            if outer:
                return MentionRole.OWNER, (start, outer[0])
            while coordinated := _AND_GENITIVE.match(self._masked, end):
                end = coordinated.end()
            return self._owned(start, end, entity)
        possessive = _POSSESSIVE.match(self._masked, end)
        return self._owned(start, possessive.end(), entity) if possessive else None

    def _owned(self, start: int, position: int, entity: str) -> Evidence | None:
        """Return the role by the named thing or the noun at most two words after a genitive; a group owns nothing."""
        nouns = [(MentionRole.AUTHORITY, self.vocabulary.governing, role_rules.GOVERNING_NOUN)]
        if entity not in self.vocabulary.groups:
            nouns.insert(0, (MentionRole.OWNER, self.vocabulary.owned, role_rules.OWNED_NOUN))
        for _ in range(3):
            position = _end(_SPACE, self._masked, position)
            for role, kind, noun in nouns:
                ends = [e for s, e, other in self.spans if s == position and other in kind]
                if end := ends[0] if ends else _end(noun, self._masked, position):
                    return role, (start, end)
            position = _end(_WORD, self._masked, position) or len(self.text)
        return None

    def _cued(self, start: int, end: int) -> Evidence | None:
        """Return the role by the nearest cue before the name in its sentence; what is denied is only named."""
        first, last = self._sentence(start, end)
        cues = list(self._cues(start, end, (first, last)))
        if self._masked[start] == role_rules.GENITIVE:
            cues = [cue for cue in cues if cue.rule.role is MentionRole.PARTNER]
        if not cues:
            return None
        cue = max(cues, key=lambda cue: cue.nearness)
        clause = max((m.end() for m in role_rules.CLAUSE.finditer(self._masked, first, cue.start)), default=first)
        denied = role_rules.NEGATION.search(self._masked, clause, start) or (
            not self.text[cue.start : cue.end].lower().startswith("i ")
            and role_rules.NEGATION_AFTER.match(self._masked, end, last)
        )
        return _NAMED if denied or cue.rule.role is MentionRole.NAMED else (cue.rule.role, (cue.start, cue.last))

    def _cues(self, start: int, end: int, sentence: Span) -> Iterator[_Cue]:
        first, last = sentence
        for rule in role_rules.BEFORE:
            after = rule.after.match(self._masked, end, last) if rule.after else None
            if rule.after and not after:
                continue
            if rule.name and not rule.name.search(self.text, start, end):
                continue
            for match in rule.before.finditer(self._masked, first, start) if rule.before else ():
                if role_rules.LIST_BEFORE.fullmatch(self._masked, match.end(), start):
                    yield _Cue(rule, match.start(), match.end(), after.end() if after else end)

    def _subject(self, start: int, end: int) -> Evidence | None:
        """Return the role by what the name is the subject of: "Stortinget vedtok", "X og Y skal sammen"."""
        first, last = self._sentence(start, end)
        if role_rules.PREPOSITION.search(self._masked, first, start):
            return None
        for rule in role_rules.AFTER:
            is_such = rule.name is None or rule.name.search(self.text, start, end)
            match = rule.after.match(self._masked, end, last) if rule.after and is_such else None
            if match and (rule.context is None or rule.context.search(self.text, 0, first)):
                return rule.role, (start, match.end())
        return None

    def _adjacent_owner(self, start: int, end: int, entity: str) -> Evidence | None:
        """Return the role of owner where an owned thing stands just beside: "Project – library", "Supplier Servers"."""
        for s, e, other in self.spans:
            if other in self.vocabulary.owned:
                if e <= start and _DASH.fullmatch(self.text, e, start):
                    return MentionRole.OWNER, (s, end)
                if s > end and self.text[end:s].isspace() and entity not in self.vocabulary.groups:
                    return MentionRole.OWNER, (start, e)
        return None

    def _sentence(self, start: int, end: int) -> Span:
        ends = list(role_rules.SENTENCE_END.finditer(self._masked))
        first = max((m.end() for m in ends if m.end() <= start), default=0)
        return first, min((m.start() for m in ends if m.start() >= end), default=len(self.text))


def read_mentions(
    source: ReportText, reading: Reading, finder: MentionFinder, vocabulary: Gazetteer
) -> Iterator[Mention]:
    """Yield the mentions of a reading with their roles, in order."""
    spans = finder.named(reading.text)
    reader = RoleReader(reading.text, spans, vocabulary)
    for start, end, entity in spans:
        role, words = reader.role(start, end, entity)
        evidence = quoted(source, reading, *words) if words else None
        yield Mention(entity, quoted(source, reading, start, end), role, evidence)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return where a match at a position ends, or 0 where there is none."""
    match = pattern.match(text, position)
    return match.end() if match else 0
