"""The narrow cells of a section's rows: where units and status stand, with what qualifies the status."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from loader.errors import ReportError
from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Flow, cut
from loader.status_report.parse.cells import AgentScanner, AgentsCell
from loader.status_report.parse.layout import Line, Section

PAGE = re.compile(r"\(\s*(?:(?P<edition>ny)\s*)?s\.\s*(?P<first>\d+)(?:\s*[-–]\s*(?P<last>\d+))?\s*\)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S|[a-zæøå0-9-]+\.(?:no|com|org|net)\b")
_QUALIFIES = re.compile(r"[ \t\u00a0]+(?=[a-zæøå])|[ \t\u00a0]*\(")
_LONGEST_NOTE = 60


@dataclass(frozen=True)
class SectionText:
    """A section as one flow, and where in it each line begins."""

    source: ReportText
    flow: Flow
    lines: tuple[tuple[int, Line], ...]

    @classmethod
    def of(cls, source: ReportText, section: Section) -> SectionText:
        """Return the text of a section, its blank lines included."""
        ends = [min(line.end + 1, len(source.text)) for line in section.lines]
        flow = cut(source.text, [(line.lead, end) for line, end in zip(section.lines, ends, strict=True)])
        lines, position = [], 0
        for line, end in zip(section.lines, ends, strict=True):
            lines.append((position + line.start - line.lead, line))
            position += end - line.lead
        return cls(source, flow, tuple(lines))

    def error(self, problem: str, position: int) -> ReportError:
        """Return an error at a position of the flow."""
        at = self.flow.at[min(position, len(self.flow.at) - 1)] if self.flow.at else 0
        return self.source.error(problem, at)

    def block_end(self, position: int) -> int:
        """Return where the block of lines that `position` is in ends."""
        return next((start for start, line in self.lines if start > position and line.gap), len(self.flow.text))


@dataclass(frozen=True)
class Grammar:
    """The words that the cutting needs: agents, status words, the legend's codes, wordings seen before."""

    agents: AgentScanner
    status: re.Pattern[str]
    codes: frozenset[str]
    likeness: Callable[[str], float]
    """How like a wording seen in an earlier report the text is, 0 to 100."""


@dataclass(frozen=True)
class Cells:
    """The places of a row's narrow cells in the section's flow."""

    start: int
    agents: AgentsCell
    status: re.Match[str] | None
    end: int
    """Where the status, with what qualifies it, ends and the comment begins."""


def narrow_cells(text: SectionText, grammar: Grammar) -> list[Cells]:
    """Return the narrow cells of each row, in order. Raises ReportError for a unit or a status that is not known."""
    cells: list[Cells] = []
    position = 0
    for start, line in text.lines:
        find = _cells_between_tabs if "\t" in line.text else _cells_at
        if start >= position and line.gap and (cell := find(text, grammar, start, line)):
            cells.append(cell)
            position = cell.end
    return cells


def _cells_between_tabs(text: SectionText, grammar: Grammar, start: int, line: Line) -> Cells | None:
    """Return the cells of a line that tabs part into units, status and comment, as in the text of a PDF."""
    fields = line.text.split("\t")
    if len(fields) < 3:
        return None
    status_start = start + len(fields[0]) + 1
    end = status_start + len(fields[1]) + 1
    agents = grammar.agents.scan(text.flow.text[: status_start - 1], start)
    status = grammar.status.match(text.flow.text[: end - 1], status_start)
    if fields[1].strip() and status is None:
        raise text.error(_unknown_status(fields[0].strip(), fields[1].strip()), status_start)
    _check_codes(text, grammar, agents)
    return Cells(start, agents, status, end)


def _cells_at(text: SectionText, grammar: Grammar, start: int, line: Line) -> Cells | None:
    words = text.flow.text
    agents = grammar.agents.scan(words, start)
    if not agents.named:
        return _without_agents(text, grammar, start, line)
    rest = words[agents.end :]
    status = grammar.status.match(words, agents.end + len(rest) - len(rest.lstrip()))
    if status is None and rest.split("\n", 1)[0].strip():
        _refuse_unknown_status(text, grammar, agents, rest)
        return None
    _check_codes(text, grammar, agents)
    return Cells(start, agents, status, _end(text, status) if status else agents.end)


def _without_agents(text: SectionText, grammar: Grammar, start: int, line: Line) -> Cells | None:
    """Return a status with no unit before it: an empty cell leaves a space, or the wording has just ended."""
    words = text.flow.text
    status = grammar.status.match(words, start + len(line.text) - len(line.text.lstrip()))
    if status and (line.text[0].isspace() or PAGE.search(words[:start].rstrip()[-24:])):
        return Cells(start, AgentsCell((), start), status, _end(text, status))
    return None


def _refuse_unknown_status(text: SectionText, grammar: Grammar, agents: AgentsCell, rest: str) -> None:
    codes = [named.key for named in agents.named]
    if all(code in grammar.codes or "/" in code for code in codes) and rest.lstrip(" ")[:1].isupper():
        raise text.error(_unknown_status(" ".join(codes), rest.splitlines()[0].strip()[:40]), agents.end)


def _unknown_status(before: str, printed: str) -> str:
    advice = "a new status word goes into ontology/schemes/status.ttl"
    return f"expected a status after “{before}”, found “{printed}”; {advice}"


def _check_codes(text: SectionText, grammar: Grammar, agents: AgentsCell) -> None:
    for named in agents.named:
        if "/" not in named.key and named.key not in grammar.codes:
            known = ", ".join(sorted(grammar.codes))
            raise text.error(f"the unit “{named.key}” is not in the report's legend ({known})", named.start)


def _end(text: SectionText, status: re.Match[str]) -> int:
    """Return where the status cell ends: words in lower case after the status, up to the next block, qualify it."""
    words, end = text.flow.text, status.end()
    after = _QUALIFIES.match(words, end)
    if after is None or _ADDRESS.match(words, after.end()):
        return end
    block = words[end : text.block_end(end)]
    is_note = len(block.strip()) <= _LONGEST_NOTE and not re.search(r"[.!?]\s", block + " ")
    return end + len(block) if is_note else end
