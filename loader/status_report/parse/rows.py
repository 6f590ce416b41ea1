"""The cells of a row to its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from loader import identifiers
from loader.status_report.model.report import (
    Mention,
    Milestone,
    Reference,
    Responsibility,
    Role,
    Row,
    Status,
    StrategyPage,
    Words,
)
from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Flow
from loader.status_report.parse.cell_text import PAGE
from loader.status_report.parse.dehyphenate import Lexicon, Reading, read
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.mentions import MentionFinder, addresses, measures, quoted
from loader.status_report.parse.milestones import MilestoneReader
from loader.status_report.parse.roles import read_mentions
from loader.status_report.parse.segment import RawRow


@dataclass
class RowReader:
    """Reads the rows of one report; `warnings` grow as it goes."""

    source: ReportText
    vocabulary: Gazetteer
    lexicon: Lexicon
    finder: MentionFinder
    issued: date
    earlier: Mapping[tuple[int, str], date] = field(default_factory=dict)
    """Line of a row and cell to the date of the earlier report in which its words first stood."""
    warnings: list[str] = field(default_factory=list)

    def row(self, raw: RawRow) -> Row:
        """Return the record of one row, without the theme and the links of its page."""
        wording = raw.wording.strip()
        page = self._page(wording) if raw.part != "I" else None
        text = self._wording(wording)
        comment = read(raw.comment, self.lexicon) if raw.comment else None
        readings = [text, comment] if comment else [text]
        return Row(
            part=raw.part,
            text=self._words(text),
            line=self.source.line(raw.offset),
            number=self._number(raw),
            page=page,
            responsibilities=tuple(self._responsibility(*agent) for agent in raw.agents),
            status=self._status(raw),
            comment=self._words(comment) if comment else None,
            milestones=tuple(self._milestones(self.source.line(raw.offset), text, comment)),
            mentions=tuple(m for reading in readings for m in self._mentions(reading)),
            references=tuple(r for reading in readings for r in self._references(reading)),
            refers_to=tuple(r for reading in readings for r in self._refers_to(reading)),
        )

    def _number(self, raw: RawRow) -> tuple[int, Words] | None:
        if raw.number is None:
            return None
        return int(raw.number.text.rstrip(".")), Words(raw.number.text, raw.number.spans(self.source.text))

    def _wording(self, wording: Flow) -> Reading:
        """Return the wording without the page reference and the quotation marks around it."""
        end = next((m.start() for m in PAGE.finditer(wording.text) if not wording.text[m.end() :].strip(" .\n")), None)
        body = wording[:end].strip()
        if body.text.startswith("«") and body.text.endswith("»"):
            body = body[1:-1]
        return read(body, self.lexicon)

    def _page(self, wording: Flow) -> StrategyPage | None:
        matches = [m for m in PAGE.finditer(wording.text) if not wording.text[m.end() :].strip(" .\n")]
        if not matches:
            return None
        match = matches[0]
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if last < first:
            raise self.source.error(f"the strategy's pages run backwards: “{match.group()}”", wording.at[match.start()])
        pages = f"{first}-{last}" if match["last"] else str(first)
        words = quoted(self.source, Reading(wording.text, wording.at), match.start(), match.end())
        return StrategyPage(words, pages, first, last, match["edition"].lower() if match["edition"] else None)

    def _responsibility(self, key: str, role: str, printed: Flow) -> Responsibility:
        agent = key if "/" in key else str(identifiers.resource("unit", identifiers.slug(key)))
        return Responsibility(agent, Role(role), self._words(read(printed, self.lexicon, narrow_cell=True)))

    def _status(self, raw: RawRow) -> Status | None:
        if raw.status is None:
            return None
        printed = read(raw.status, self.lexicon, narrow_cell=True)
        note = read(raw.note, self.lexicon, narrow_cell=True) if raw.note else None
        concept = self.vocabulary.statuses[printed.text.lower()]
        return Status(concept, self._words(printed), self._words(note) if note else None)

    def _milestones(self, line: int, text: Reading, comment: Reading | None) -> Iterator[Milestone]:
        yield from self._milestone_reader(line, "wording").wording(text, self._not_dates(text))
        if comment:
            yield from self._milestone_reader(line, "comment").comment(comment, self._not_dates(comment))

    def _milestone_reader(self, line: int, cell: str) -> MilestoneReader:
        """Return a reader for a cell, whose words are read as of the report in which they first stood."""
        earlier = self.earlier.get((line, cell))
        return MilestoneReader(self.source, earlier or self.issued, self.warnings, is_earlier=earlier is not None)

    def _not_dates(self, reading: Reading) -> list[tuple[int, int]]:
        """Return where addresses and names stand, in which numbers are no dates."""
        return [(start, end) for start, end, _ in addresses(reading)] + list(self.finder.places(reading.text))

    def _mentions(self, reading: Reading) -> Iterator[Mention]:
        return read_mentions(self.source, reading, self.finder, self.vocabulary)

    def _references(self, reading: Reading) -> list[Reference]:
        return [Reference(a, quoted(self.source, reading, start, end)) for start, end, a in addresses(reading)]

    def _refers_to(self, reading: Reading) -> list[Reference]:
        return [Reference(str(n), quoted(self.source, reading, s, e)) for s, e, n in measures(reading)]

    def _words(self, reading: Reading) -> Words:
        return Words(reading.text, reading.spans(self.source.text), reading.joined)
