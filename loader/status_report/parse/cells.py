"""The narrow cells of a row: who is responsible, and the status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from loader.status_report.model.report import Role

_CODE = re.compile(r"[A-ZÆØÅ]{2,6}(?![\w-])")
_SEPARATOR = re.compile(r"\s*(?:[/,;.&+]|\bog\b)\s*")
_LINE_GAP = re.compile(r"[ \t\f\u00a0]*\n[ \t\f\u00a0]*\n")


@dataclass(frozen=True)
class Named:
    """A unit code or post in a cell: its key and where it is printed (in the scanned text)."""

    key: str
    start: int
    end: int
    role: Role


@dataclass(frozen=True)
class AgentsCell:
    """The cell of the responsible ones: those named, in order, and where the cell ends."""

    named: tuple[Named, ...]
    end: int


@dataclass
class AgentScanner:
    """Finds unit codes and posts at a place in a text."""

    posts: Mapping[str, str]
    _patterns: list[tuple[re.Pattern[str], str]] = field(init=False)

    def __post_init__(self) -> None:
        longest_first = sorted(self.posts.items(), key=lambda item: (-len(item[0]), item[0]))
        self._patterns = [(_loose(label), iri) for label, iri in longest_first]

    def scan(self, text: str, start: int) -> AgentsCell:
        """Return the agents printed from `start` on; none where something else stands there."""
        named: list[Named] = []
        position, role, open_end = _skip(text, start), Role.LEAD, True
        while position < len(text):
            if not open_end and _LINE_GAP.match(text, position):
                break
            if text[position] in "()":
                role = Role.CONTRIBUTING if text[position] == "(" else Role.LEAD
                open_end = text[position] == "("
                position += 1
            elif separator := _SEPARATOR.match(text, position):
                position, open_end = separator.end(), separator.group().strip() != "."
            elif one := self._one(text, position, role):
                named.append(one)
                position, open_end = one.end, False
            else:
                break
            if not _LINE_GAP.match(text, position) or open_end:
                position = _skip(text, position)
        return AgentsCell(tuple(named), _end(text, named))

    def _one(self, text: str, position: int, role: Role) -> Named | None:
        for pattern, iri in self._patterns:
            if match := pattern.match(text, position):
                return Named(iri, match.start(), match.end(), role)
        match = _CODE.match(text, position)
        return Named(match.group(), match.start(), match.end(), role) if match else None


def status_pattern(statuses: Mapping[str, str]) -> re.Pattern[str]:
    """Matches a status word that the scheme knows, longest first, over line breaks too."""
    ordered = sorted(statuses, key=lambda word: (-len(word), word))
    words = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)
    return re.compile(rf"(?:{words})(?![\w-])", re.IGNORECASE)


def _loose(label: str) -> re.Pattern[str]:
    """Return the label with any line break or hyphenation inside it."""
    letters = (re.escape(char) for char in label if not char.isspace())
    return re.compile(r"(?:-?\s*)".join(letters) + r"(?![\w-])")


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _end(text: str, named: list[Named]) -> int:
    if not named:
        return 0
    tail = re.compile(r"\s*\)?[ \t]*[,.;]?").match(text, named[-1].end)
    return tail.end() if tail and tail.group().strip() else named[-1].end
