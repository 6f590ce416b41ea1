"""Cuts a section into rows: wording, agents, status, comment, with what a page break tore apart put together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Flow
from loader.status_report.parse.cell_text import PAGE, Cells, Grammar, SectionText, narrow_cells
from loader.status_report.parse.layout import Line, Section

NUMBER = re.compile(r"\s*(\d{1,3})\.\s+(?=[^\W\d_])")
_MONTH = re.compile(r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b")
_SENTENCE_END = re.compile(r"[.!?:»”\"|)]\s*$")
_BLOCK_END = re.compile(r"[ \t\f\u00a0]*(?:\n[ \t\f\u00a0]*(?:\n|$)|$)")


@dataclass(frozen=True)
class RawRow:
    """The cells of one row as they stand in the source."""

    part: str
    number: Flow | None
    wording: Flow
    agents: tuple[tuple[str, str, Flow], ...]
    """Unit code or post IRI, role, and the words."""
    status: Flow | None
    note: Flow | None
    comment: Flow
    offset: int


def segment(source: ReportText, section: Section, grammar: Grammar) -> list[RawRow]:
    """Return the rows of a section, in order.

    Raises ReportError where a row has no cells, no wording, or a unit or status that is not known.
    """
    return _Segmenter(SectionText.of(source, section), section, grammar).rows()


@dataclass(frozen=True)
class _Segmenter:
    text: SectionText
    section: Section
    grammar: Grammar

    def rows(self) -> list[RawRow]:
        cells = narrow_cells(self.text, self.grammar)
        if not cells and self.text.lines:
            raise self.text.error("expected a row with responsible units and a status; none found", 0)
        if cells and len(doubled := self._wordings(0, cells[0].start)) > 1:
            raise self.text.error("expected responsible units or a status for this measure; found none", doubled[0])
        rows: list[RawRow] = []
        start = 0
        for index, cell in enumerate(cells):
            until = cells[index + 1].start if index + 1 < len(cells) else len(self.text.flow.text)
            wording = self.text.flow[start : cell.start]
            extra, comment_start = self._continuation(wording, cell.end, until)
            start = self._next_wording(comment_start, until, last=index + 1 == len(cells))
            comment = self._comment(cell.end, extra, start)
            rows.append(self._row(wording + self.text.flow[slice(*extra)] if extra else wording, cell, comment))
        return rows

    def _continuation(self, wording: Flow, start: int, until: int) -> tuple[tuple[int, int] | None, int]:
        """Return where a wording that a page break cut goes on after its row's comment, and where to look on."""
        if _is_whole(wording.text, self.section.part):
            return None, start
        for position, line in self.text.lines:
            if start < position < until and self._continues(line, start, position):
                end = self._wording_end(position, until)
                if end is not None:
                    return (position, end), end
        if not _is_open(wording.text):
            return None, start
        message = f"the wording “{wording.text.strip()[:40]}…” breaks off; expected its end with “» (s. …)”"
        raise self.text.error(message, start)

    def _continues(self, line: Line, start: int, position: int) -> bool:
        """Return whether a line continues a wording: in lower case, at a new page or block, after a whole comment."""
        before = self.text.flow.text[start:position].strip()
        if before and not _SENTENCE_END.search(before):
            return False
        lower = line.text.lstrip()[:1].islower()
        return line.opens_page and lower if self.section.part == "I" else line.opens_page or (line.gap and lower)

    def _wording_end(self, start: int, until: int) -> int | None:
        if self.section.part == "I":
            return min(self.text.block_end(start), until)
        page = PAGE.search(self.text.flow.text, start, until)
        if page:
            return page.end()
        mark = self.text.flow.text.find("»", start, until)
        return mark + 1 if mark >= 0 else None

    def _next_wording(self, start: int, until: int, *, last: bool) -> int:
        """Return where the comment ends and the next row's wording begins; the section's end after the last row."""
        wordings = self._wordings(start, until)
        starts = until if last else self._wording_start(start, until, wordings)
        swallowed = wordings[:-1] if not last and wordings and wordings[-1] >= starts else wordings
        if swallowed:
            raise self.text.error("expected responsible units or a status for this measure; found none", swallowed[0])
        return starts

    def _wording_start(self, start: int, until: int, wordings: list[int]) -> int:
        if wordings and NUMBER.match(self.text.flow.text, wordings[0]):
            return wordings[-1]
        candidates = self._candidates(start, until)
        quoted = [p for p in candidates if self._is_quoted_wording(p, until)]
        if quoted:
            return quoted[0]
        if not candidates:
            raise self.text.error(
                "expected the wording of a measure before its responsible units; found none", until - 1
            )
        return self._likeliest(candidates, until)

    def _wordings(self, start: int, until: int) -> list[int]:
        """Places that only a wording has: a number that opens a block, a page reference that ends one."""
        numbered = [p for p, line in self.text.lines if start <= p < until and _opens_number(line)]
        pages = PAGE.finditer(self.text.flow.text, start, until)
        return numbered or [m.start() for m in pages if _BLOCK_END.match(self.text.flow.text, m.end())]

    def _candidates(self, start: int, until: int) -> list[int]:
        """Return where a wording may begin: at a new block with a capital, after the end of a sentence."""
        starts = []
        for position, line in self.text.lines:
            if not (start <= position < until and (line.gap or line.opens_page)):
                continue
            before = self.text.flow.text[start:position].strip()
            ended = not before or _SENTENCE_END.search(before) or before.split()[-1].startswith("http")
            first = line.text.lstrip()[0]
            if (first.isupper() or first in '«“"') and (ended or first == "«"):
                starts.append(position)
        return starts

    def _is_quoted_wording(self, start: int, until: int) -> bool:
        """Return whether a quotation opens here and closes only before the page at the end, or not at all."""
        text = self.text.flow.text[start:until].strip()
        if not text.startswith("«"):
            return False
        depth = 0
        for index, char in enumerate(text):
            depth += (char == "«") - (char == "»")
            if depth == 0:
                rest = text[index + 1 :].strip(" .\n")
                return not rest or bool(PAGE.fullmatch(rest))
        return True

    def _likeliest(self, candidates: list[int], until: int) -> int:
        """Return the candidate most like a wording seen before; else the first."""
        if len(candidates) == 1:
            return candidates[0]
        score = {p: self.grammar.likeness(self.text.flow.text[p:until]) for p in candidates}
        best = max(candidates, key=lambda p: score[p])
        return best if score[best] >= 85 else candidates[0]

    def _comment(self, start: int, extra: tuple[int, int] | None, until: int) -> Flow:
        if extra is None:
            return self.text.flow[start:until]
        return self.text.flow[start : extra[0]] + self.text.flow[extra[1] : until]

    def _row(self, wording: Flow, cell: Cells, comment: Flow) -> RawRow:
        if not wording:
            raise self.text.error(
                "expected the wording of a measure before its responsible units; found none", cell.start
            )
        number = NUMBER.match(wording.text) if self.section.part == "I" else None
        if self.section.part == "I" and number is None:
            raise self.text.error(
                f"expected a numbered measure (“1. …”), found “{wording.text.strip()[:40]}”", cell.start
            )
        status = cell.status
        return RawRow(
            part=self.section.part,
            number=wording[number.start(1) : number.end(1) + 1] if number else None,
            wording=wording[number.end() :] if number else wording,
            agents=tuple((n.key, n.role, self.text.flow[n.start : n.end]) for n in cell.agents.named),
            status=self.text.flow[status.start() : status.end()] if status else None,
            note=self.text.flow[status.end() : cell.end].strip() if status and cell.end > status.end() else None,
            comment=comment.strip(),
            offset=wording.strip().at[0],
        )


def _opens_number(line: Line) -> bool:
    match = NUMBER.match(line.text)
    return bool(match and (line.gap or line.opens_page) and not _MONTH.match(line.text, match.end()))


def _is_open(wording: str) -> bool:
    return wording.count("«") > wording.count("»")


def _is_whole(wording: str, part: str) -> bool:
    """Return whether a wording is complete: a full stop in part I, the page or closing quotation mark in part II."""
    text = wording.rstrip()
    if _is_open(text):
        return False
    return text.endswith(".") if part == "I" else text.endswith("»") or bool(PAGE.search(text[-24:]))
