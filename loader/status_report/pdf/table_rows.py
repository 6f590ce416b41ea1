"""The rows of ruled tables, and how they are written as text: tabs between the narrow cells, no broken words."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loader.status_report.parse.segment import NUMBER
from loader.status_report.pdf.pdf_file import Page, TableCell

_HYPHEN = re.compile(r"(?<=[a-zæøå])- (?=[a-zæøå])")
"""A hyphen that a line of a narrow cell ended with."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_ADDRESS_PART = re.compile(r"[\w%.~-]*[-/=_%][\w%./~=&-]*")


@dataclass(frozen=True)
class TableRow:
    """The lines of a row's four cells."""

    wording: tuple[str, ...]
    agents: tuple[str, ...]
    status: tuple[str, ...]
    comment: tuple[str, ...]

    def __add__(self, other: TableRow) -> TableRow:
        """Return the row with what the next page has of it."""
        return TableRow(
            self.wording + other.wording,
            self.agents + other.agents,
            self.status + other.status,
            self.comment + other.comment,
        )

    def is_continued_by(self, other: TableRow) -> bool:
        """Return whether the first row of the next page goes on with this one."""
        words = " ".join(other.wording)
        if NUMBER.match(words):
            return False
        if not words or not (other.agents or other.status) or NUMBER.match(" ".join(self.wording)):
            return True
        return words[0].islower() or _is_open(" ".join(self.wording))

    @property
    def text(self) -> str:
        """Return the wording as one block, and the other cells as another with tabs between them."""
        agents, status = (_HYPHEN.sub("", " ".join(lines)) for lines in (self.agents, self.status))
        return "\n".join(self.wording) + f"\n\n{agents}\t{status}\t" + "\n".join(self.comment)


@dataclass(frozen=True)
class Evidence:
    """What tells whether a line break tore something apart."""

    words: tuple[str, ...]
    """All words of the report in lower case, sorted."""
    inner: frozenset[str]
    """The words inside lines, where no break can have cut them."""
    links: tuple[str, ...]
    """The addresses of its links."""

    @classmethod
    def of(cls, pages: Sequence[Page]) -> Evidence:
        """Return the evidence of a report's pages."""
        lines = [[word.lower() for word in _LETTERS.findall(line.text)] for page in pages for line in page.lines]
        inner = frozenset(word for words in lines for word in words[1:-1])
        links = dict.fromkeys(link.target for page in pages for link in page.links)
        return cls(tuple(sorted({word for words in lines for word in words})), inner, tuple(links))

    def begins_word(self, letters: str) -> bool:
        """Return whether a word of the report begins with letters."""
        index = bisect.bisect_left(self.words, letters)
        return index < len(self.words) and self.words[index].startswith(letters)


def make_row(cells: Sequence[TableCell], evidence: Evidence) -> TableRow:
    """Return the row of four cells."""
    wording, agents, status, comment = (tuple(_whole_lines(cell, evidence)) for cell in cells)
    return TableRow(wording, agents, status, comment)


def _is_open(wording: str) -> bool:
    """Return whether a quotation is not closed, or no sentence ends."""
    return wording.count("«") > wording.count("»") or wording.rstrip()[-1:] not in {".", "»", ")"}


def _whole_lines(cell: TableCell, evidence: Evidence) -> Iterator[str]:
    """Yield the lines of a cell; those that a word or an address is broken over without a hyphen are joined."""
    if not cell.lines:
        return
    right = cell.box.x1 - (min(line.box.x0 for line in cell.lines) - cell.box.x0)
    text = cell.lines[0].text
    for above, line in pairwise(cell.lines):
        mark = line.text[0] in ",.:;!?)"
        is_full = right - above.box.x1 < line.words[0].initial
        if mark or _breaks_address(text, line.text, evidence) or (is_full and _breaks_word(text, line.text, evidence)):
            text += line.text
        else:
            yield text
            text = line.text
    yield text


def _breaks_address(above: str, below: str, evidence: Evidence) -> bool:
    left, right = above.rsplit(maxsplit=1)[-1], below.split(maxsplit=1)[0]
    if not left.startswith(("http://", "https://", "www.")) or left in evidence.links:
        return False
    return any((left + right).rstrip(".,") in link for link in evidence.links) or bool(_ADDRESS_PART.fullmatch(right))


def _breaks_word(above: str, below: str, evidence: Evidence) -> bool:
    """Return whether the word that fills a line goes on below: the report has it, or has neither of its parts.

    A long word begins a line of its own in most programs, which is why one behind others must be known.
    """
    left, right = _LAST_LETTERS.search(above), _LETTERS.match(below)
    if left is None or right is None or not right.group().islower():
        return False
    parts = {left.group().lower(), right.group()}
    if evidence.begins_word((left.group() + right.group()).lower()):
        return left.group() == above or left.group().lower() not in evidence.inner
    return left.group() == above and evidence.inner.isdisjoint(parts)
