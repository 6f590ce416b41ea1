"""Cuts a section into rows: wording, agents, status, comment, with what a page break tore apart put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from loader.status_report.cells import AgentScanner, AgentsCell
from loader.status_report.flow import Flow, cut
from loader.status_report.layout import Line, Section
from loader.status_report.source import Source

NUMBER = re.compile(r"\s*(\d{1,3})\.\s+(?=[^\W\d_])")
PAGE = re.compile(r"\(\s*(?:(?P<edition>ny)\s*)?s\.\s*(?P<first>\d+)(?:\s*[-–]\s*(?P<last>\d+))?\s*\)", re.IGNORECASE)
_MONTH = re.compile(r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b")
_SENTENCE_END = re.compile(r"[.!?:»”\"|)]\s*$")
_BLOCK_END = re.compile(r"[ \t\f\u00a0]*(?:\n[ \t\f\u00a0]*(?:\n|$)|$)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S|[a-zæøå0-9-]+\.(?:no|com|org|net)\b")


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


@dataclass(frozen=True)
class Grammar:
    """What the cutting needs to know: agents, status words, the legend's codes, wordings seen before."""

    agents: AgentScanner
    status: re.Pattern[str]
    codes: frozenset[str]
    likeness: Callable[[str], float]
    """How like a wording seen in an earlier report the text is, 0 to 100."""


@dataclass(frozen=True)
class _Cells:
    """Where the narrow cells of a row stand, as positions in the section's flow."""

    start: int
    agents: AgentsCell
    status: re.Match[str] | None
    note_end: int
    end: int


def segment(source: Source, section: Section, grammar: Grammar) -> list[RawRow]:
    """The rows of a section, in order.

    Raises ReportError where a row has no cells, no wording, or a unit or status that is not known.
    """
    return _Segmenter(source, section, grammar).rows()


class _Segmenter:
    def __init__(self, source: Source, section: Section, grammar: Grammar) -> None:
        self.source, self.section, self.grammar = source, section, grammar
        ends = [min(line.end + 1, len(source.text)) for line in section.lines]
        self.flow = cut(source.text, [(line.lead, end) for line, end in zip(section.lines, ends, strict=True)])
        self.lines: list[tuple[int, Line]] = []
        position = 0
        for line, end in zip(section.lines, ends, strict=True):
            self.lines.append((position + line.start - line.lead, line))
            position += end - line.lead

    def rows(self) -> list[RawRow]:
        cells = self._all_cells()
        if not cells and self.lines:
            raise self._error("expected a row with responsible units and a status; none found", 0)
        rows: list[RawRow] = []
        start = 0
        if cells and len(doubled := self._wordings(0, cells[0].start)) > 1:
            raise self._error("expected responsible units or a status for this measure; found none", doubled[0])
        for index, cell in enumerate(cells):
            until = cells[index + 1].start if index + 1 < len(cells) else len(self.flow.text)
            wording = self.flow[start : cell.start]
            extra, comment_start = self._continuation(wording, cell.end, until)
            start = self._next_wording(comment_start, until, last=index + 1 == len(cells))
            comment = self._comment(cell.end, extra, start)
            rows.append(
                self._row(wording if extra is None else wording + self.flow[extra[0] : extra[1]], cell, comment)
            )
        return rows

    # ---- the narrow cells -------------------------------------------------------------------------------------

    def _all_cells(self) -> list[_Cells]:
        found: list[_Cells] = []
        position = 0
        for start, line in self.lines:
            if start >= position and line.gap and (cell := self._cells_at(start, line)):
                found.append(cell)
                position = cell.end
        return found

    def _cells_at(self, start: int, line: Line) -> _Cells | None:
        text = self.flow.text
        agents = self.grammar.agents.scan(text, start)
        if not agents.named:
            status = self.grammar.status.match(text, start + len(line.text) - len(line.text.lstrip()))
            after_page = PAGE.search(text[:start].rstrip()[-24:])
            if status and (line.text[0].isspace() or after_page):
                return self._with_note(start, AgentsCell((), start), status)
            return None
        rest = text[agents.end :]
        status = self.grammar.status.match(text, agents.end + len(rest) - len(rest.lstrip()))
        if status is None and rest.split("\n", 1)[0].strip():
            self._refuse_unknown_status(agents, rest)
            return None
        self._check_codes(agents)
        return self._with_note(start, agents, status)

    def _refuse_unknown_status(self, agents: AgentsCell, rest: str) -> None:
        codes = [named.key for named in agents.named]
        if all(code in self.grammar.codes or "/" in code for code in codes) and rest.lstrip(" ")[:1].isupper():
            raise self._error(
                f"expected a status after “{' '.join(codes)}”, found “{rest.splitlines()[0].strip()[:40]}”;"
                " a new status word goes into ontology/schemes/status.ttl",
                agents.end,
            )

    def _check_codes(self, agents: AgentsCell) -> None:
        for named in agents.named:
            if "/" not in named.key and named.key not in self.grammar.codes:
                raise self._error(
                    f"the unit “{named.key}” is not in the report's legend ({', '.join(sorted(self.grammar.codes))})",
                    named.start,
                )

    def _with_note(self, start: int, agents: AgentsCell, status: re.Match[str] | None) -> _Cells:
        end = status.end() if status else agents.end
        note_end = end
        after = re.compile(r"[ \t\u00a0]+(?=[a-zæøå])|[ \t\u00a0]*\(").match(self.flow.text, end) if status else None
        if after and not _ADDRESS.match(self.flow.text, after.end()):
            block = self.flow.text[end : self._gap_after(end)]
            if len(block.strip()) <= 60 and not re.search(r"[.!?]\s", block + " "):
                note_end = end + len(block)
        return _Cells(start, agents, status, note_end, note_end)

    def _gap_after(self, position: int) -> int:
        return next((start for start, line in self.lines if start >= position and line.gap), len(self.flow.text))

    # ---- the wide cells ---------------------------------------------------------------------------------------

    def _continuation(self, wording: Flow, start: int, until: int) -> tuple[tuple[int, int] | None, int]:
        """Where a wording that a page break cut goes on after its row's comment, and where to look on."""
        if not _is_cut(wording.text):
            return None, start
        for position, line in self.lines:
            if not (start < position < until and (line.gap or line.opens_page)):
                continue
            end = self._wording_end(position, until)
            if (line.opens_page or line.text.lstrip()[:1].islower()) and end is not None:
                return (position, end), end
        raise self._error(
            f"the wording “{wording.text.strip()[:40]}…” breaks off; expected its end with “» (s. …)”", start
        )

    def _wording_end(self, start: int, until: int) -> int | None:
        page = PAGE.search(self.flow.text, start, until)
        if page:
            return page.end()
        mark = self.flow.text.find("»", start, until)
        return mark + 1 if mark >= 0 else None

    def _next_wording(self, start: int, until: int, *, last: bool) -> int:
        """Where the comment ends and the next row's wording begins; the section's end after the last row."""
        wordings = self._wordings(start, until)
        found = until if last else self._wording_start(start, until, wordings)
        swallowed = wordings[:-1] if not last and wordings and wordings[-1] >= found else wordings
        if swallowed:
            raise self._error("expected responsible units or a status for this measure; found none", swallowed[0])
        return found

    def _wording_start(self, start: int, until: int, wordings: list[int]) -> int:
        if wordings and NUMBER.match(self.flow.text, wordings[0]):
            return wordings[-1]
        candidates = self._candidates(start, until)
        quoted = [p for p in candidates if self._is_quoted_wording(p, until)]
        if quoted:
            return quoted[0]
        if not candidates:
            raise self._error("expected the wording of a measure before its responsible units; found none", until - 1)
        return self._likeliest(candidates, until)

    def _wordings(self, start: int, until: int) -> list[int]:
        """Places that only a wording has: a number that opens a block, a page reference that ends one."""
        numbered = [p for p, line in self.lines if start <= p < until and _opens_number(line)]
        pages = PAGE.finditer(self.flow.text, start, until)
        return numbered or [m.start() for m in pages if _BLOCK_END.match(self.flow.text, m.end())]

    def _candidates(self, start: int, until: int) -> list[int]:
        """Where a wording may begin: at a new block with a capital, after the end of a sentence."""
        found = []
        for position, line in self.lines:
            if not (start <= position < until and (line.gap or line.opens_page)):
                continue
            before = self.flow.text[start:position].strip()
            ended = not before or _SENTENCE_END.search(before) or before.split()[-1].startswith("http")
            first = line.text.lstrip()[0]
            if (first.isupper() or first in '«“"') and (ended or first == "«"):
                found.append(position)
        return found

    def _is_quoted_wording(self, start: int, until: int) -> bool:
        """Whether a quotation opens here and closes only before the page at the end, or not at all."""
        text = self.flow.text[start:until].strip()
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
        """The candidate most like a wording seen before; else the first."""
        if len(candidates) == 1:
            return candidates[0]
        score = {p: self.grammar.likeness(self.flow.text[p:until]) for p in candidates}
        best = max(candidates, key=lambda p: score[p])
        return best if score[best] >= 85 else candidates[0]

    # ---- putting a row together -------------------------------------------------------------------------------

    def _comment(self, start: int, extra: tuple[int, int] | None, until: int) -> Flow:
        if extra is None:
            return self.flow[start:until]
        return self.flow[start : extra[0]] + self.flow[extra[1] : until]

    def _row(self, wording: Flow, cell: _Cells, comment: Flow) -> RawRow:
        if not wording:
            raise self._error("expected the wording of a measure before its responsible units; found none", cell.start)
        number = NUMBER.match(wording.text) if self.section.part == "I" else None
        if self.section.part == "I" and number is None:
            raise self._error(f"expected a numbered measure (“1. …”), found “{wording.text.strip()[:40]}”", cell.start)
        status = cell.status
        return RawRow(
            part=self.section.part,
            number=wording[number.start(1) : number.end(1) + 1] if number else None,
            wording=wording[number.end() :] if number else wording,
            agents=tuple((n.key, n.role, self.flow[n.start : n.end]) for n in cell.agents.named),
            status=self.flow[status.start() : status.end()] if status else None,
            note=self.flow[status.end() : cell.note_end].strip() if status and cell.note_end > status.end() else None,
            comment=comment.strip(),
            offset=wording.strip().at[0],
        )

    def _error(self, problem: str, position: int) -> Exception:
        at = self.flow.at[min(position, len(self.flow.at) - 1)] if self.flow.at else 0
        return self.source.error(problem, at)


def _opens_number(line: Line) -> bool:
    match = NUMBER.match(line.text)
    return bool(match and (line.gap or line.opens_page) and not _MONTH.match(line.text, match.end()))


def _is_cut(wording: str) -> bool:
    return wording.count("«") > wording.count("»")
