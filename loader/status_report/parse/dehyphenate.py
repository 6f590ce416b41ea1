"""Undoes the print of a cell: line breaks, hyphenation, broken words, stray characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loader.status_report.model.source_text import Flow

_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_DROPPED = "\u00ad\u200b\ufeff"
_BREAK = re.compile(r"(?P<hyphen>(?<=[^\W\d_])-)?(?P<space>[ \t\f\u00a0]*\r?\n\s*)|(?P<border>\s*\|)(?=\s*(?:\n|$))")
_CONJUNCTION = re.compile(r"(?:og|eller|samt)\b")


@dataclass(frozen=True)
class Reading(Flow):
    """A cell as it reads with the print undone."""

    line_starts: frozenset[int] = frozenset()
    """Positions in `text` where a line of the source began."""
    joined: bool = False
    """Whether a word was put together over a line break by inference."""


@dataclass(frozen=True)
class Lexicon:
    """The words a text is known to use: evidence for how a broken word is put together."""

    words: frozenset[str]
    """Every run of letters, in lower case."""
    inner: frozenset[str]
    """Hyphenated words inside lines, where no line break can have split them."""


def lexicon_of(text: str, *labels: str) -> Lexicon:
    """Return the lexicon of a source text and of labels known from elsewhere."""
    known = {word.lower() for label in labels for word in _WORD.findall(label)}
    lines = [[word.lower() for word in _WORD.findall(line)] for line in text.splitlines()]
    inner = {word for line in lines for word in line[1:-1]}
    return Lexicon(frozenset(known.union(*lines)), frozenset(known | inner))


def read(cell: Flow, lexicon: Lexicon, *, narrow_cell: bool = False) -> Reading:
    """Return the cell with its print undone.

    A hyphen at a line's end goes where the joined word is in the lexicon, where both halves are lower case words
    ("biblio-/tek"), or where neither half of a capitalised word is one ("Forhand-/lingene"), and stays in compounds
    ("MARC-/format", "Bokhylla-/avtalen"). In a narrow cell a word may be broken without a hyphen.
    """
    text = cell.strip()
    chars: list[tuple[str, int]] = []
    starts: set[int] = set()
    joined = False
    position = 0
    widest = max(len(line.rstrip()) for line in text.text.split("\n"))
    for match in _BREAK.finditer(text.text):
        _take(chars, text, position, match.start())
        position = match.end()
        if match["border"] is not None:
            continue
        edge = _Edge.at(text.text, match)
        glue = edge.hyphenated(lexicon) if match["hyphen"] else edge.broken(lexicon, widest if narrow_cell else None)
        joined = joined or glue == ""
        chars += [(char, text.at[match.start()]) for char in glue]
        starts.add(len(chars))
    _take(chars, text, position, len(text.text))
    return _squeezed(chars, starts, joined=joined)


def _take(chars: list[tuple[str, int]], flow: Flow, start: int, end: int) -> None:
    part = zip(flow.text[start:end], flow.at[start:end], strict=True)
    chars += [(" " if char.isspace() else char, offset) for char, offset in part if char not in _DROPPED]


@dataclass(frozen=True)
class _Edge:
    """A line break between two runs of letters; its methods tell what stands there once the print is undone."""

    left: str
    right: str
    line: str
    rest: str

    @classmethod
    def at(cls, text: str, match: re.Match[str]) -> _Edge:
        line = text[: match.start()].rpartition("\n")[2]
        rest = text[match.end() :]
        left, right = _LAST_WORD.search(line), _WORD.match(rest)
        return cls(left.group() if left else "", right.group() if right else "", line, rest)

    def hyphenated(self, lexicon: Lexicon) -> str:
        """'' where the hyphen only broke the word, '-' where it is the word's own, '- ' before "og"."""
        if _CONJUNCTION.match(self.rest):
            return "- "
        lower = len(self.left) > 1 and self.left.islower()
        unknown = self.left.istitle() and lexicon.inner.isdisjoint({self.left.lower(), self.right})
        soft = lower or unknown or (self.left + self.right).lower() in lexicon.words
        return "" if soft and self.right.islower() else "-"

    def broken(self, lexicon: Lexicon, widest: int | None) -> str:
        """'' where a narrow cell (`widest`: its longest line) cut a word without a hyphen, else a space."""
        if widest is None or not self.left or not self.right.islower():
            return " "
        left, right = self.left.lower(), self.right.lower()
        unknown = left not in lexicon.inner and right not in lexicon.inner and len(self.line) == widest
        return "" if left + right in lexicon.words or unknown else " "


def _squeezed(chars: list[tuple[str, int]], starts: set[int], *, joined: bool) -> Reading:
    out: list[tuple[str, int]] = []
    moved: set[int] = set()
    for index, (char, offset) in enumerate(chars):
        if index in starts:
            moved.add(len(out))
        if char == " " and (not out or out[-1][0] == " "):
            continue
        out.append((char, offset))
    while out and out[-1][0] == " ":
        out.pop()
    return Reading("".join(c for c, _ in out), tuple(o for _, o in out), frozenset(moved), joined=joined)
