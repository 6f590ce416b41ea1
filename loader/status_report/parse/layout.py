"""The layout of a report: front matter, sections under a table header, link lists at the foot of pages, legend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from loader.status_report.model.report import Boilerplate, Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Flow, Span, cut

PART = re.compile(r"\s*Del\s+([IVX]+)\b[.:]?")
TABLE_HEADER = re.compile(r"\s*Tiltak\s+Ansvar\s+Status\s+Kommentar\s*$")
LEGEND = re.compile(r"\s*[A-ZÆØÅ]{2,6}\s+[–-]\s+\S.*?\s[A-ZÆØÅ]{2,6}\s+[–-]\s+\S|\s*[A-ZÆØÅ]{2,6}\s+[–-]\s+[A-ZÆØÅ]\w+")
LINKS = re.compile(r"\s*(?:https?://\S+\s*)+$")


@dataclass(frozen=True)
class Line:
    """One line of the source."""

    lead: int
    """Where the blank lines before it begin; `start` where there are none."""
    start: int
    text: str
    gap: bool
    """Whether a blank line stands before it."""
    page: int
    """The page it stands on, counted from 0."""
    opens_page: bool

    @property
    def end(self) -> int:
        """Return where the line ends, its line break not counted."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Return the line without white space at its ends."""
        stripped = self.text.strip()
        start = self.start + self.text.index(stripped)
        return start, start + len(stripped)


@dataclass(frozen=True)
class Section:
    """The lines under one table header."""

    part: str
    theme: tuple[str, Words] | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Layout:
    """The whole report, sorted into its regions."""

    front: Flow
    """The report's title line(s)."""
    sections: tuple[Section, ...]
    links: tuple[Line, ...]
    """The lines of the link lists at the foot of pages."""
    legend: Flow
    boilerplate: tuple[Boilerplate, ...]


def layout(source: ReportText, themes: Mapping[str, str]) -> Layout:
    """Return the regions of a report's text.

    Raises ReportError where there is no title, no part heading, no table header or no legend.
    """
    lines = _lines(source)
    legend = _legend_start(source, lines)
    front = _front_end(source, lines)
    title, boilerplate = _front_matter(source, lines[:front])
    links = _link_lists(lines[:legend])
    sections, more = _sections(source, lines[front:legend], {line.start for line in links}, themes)
    tail = cut(source.text, [*((line.start, line.end + 1) for line in lines[legend:-1]), _last(lines)])
    return Layout(title, sections, links, tail, (*boilerplate, *more))


def _last(lines: list[Line]) -> Span:
    return lines[-1].start, lines[-1].end


def _lines(source: ReportText) -> list[Line]:
    """Return the lines that hold text.

    A page opens with a space where the form feed was, right after a line with text.
    """
    collected: list[Line] = []
    lead, position, page, blank = 0, 0, 0, True
    for text in source.text.split("\n"):
        if text.strip():
            opens = "\f" in text or (text[0].isspace() and not blank)
            page += opens
            collected.append(Line(lead, position, text, blank, page, opens))
            lead = position + len(text) + 1
        blank = not text.strip()
        position += len(text) + 1
    return collected


def _legend_start(source: ReportText, lines: list[Line]) -> int:
    after_tables = max((i for i, line in enumerate(lines) if TABLE_HEADER.match(line.text)), default=-1)
    for index in range(after_tables + 1, len(lines)):
        if (lines[index].gap or lines[index].opens_page) and LEGEND.match(lines[index].text):
            return index
    where = lines[-1].start if lines else 0
    raise source.error(
        "the report ends without the legend of units (“BU – Bibliotekutvikling …”); is the file cut off?", where
    )


def _front_end(source: ReportText, lines: list[Line]) -> int:
    for index, line in enumerate(lines):
        if PART.match(line.text):
            return index
        if TABLE_HEADER.match(line.text):
            raise source.error("expected a part heading (“Del I. Tiltaksliste”) before the first table", line.start)
    raise source.error("expected a part heading (“Del I. Tiltaksliste”); found none", 0)


def _front_matter(source: ReportText, lines: list[Line]) -> tuple[Flow, list[Boilerplate]]:
    title = next((i for i, line in enumerate(lines) if "statusrapport " in line.text.lower()), None)
    if title is None:
        raise source.error("expected the title with the report's date (“… – statusrapport 14.10 - 2025”)", 0)
    after = title + 1
    while after < len(lines) and not lines[after].gap:
        after += 1
    flow = cut(source.text, [(lines[title].start, lines[after - 1].end)])
    before = [Boilerplate("series heading", line.span) for line in lines[:title]]
    return flow, before + [Boilerplate("remark", line.span) for line in lines[after:]]


def _link_lists(lines: list[Line]) -> tuple[Line, ...]:
    """Runs of lines that hold only addresses, after a blank line and before the next page or the end."""
    collected: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if LINKS.match(line.text) and (run or line.gap) and not line.opens_page:
            run.append(line)
            continue
        if run and line.opens_page:
            collected += run
        run = []
    return tuple(collected + run)


def _sections(
    source: ReportText, lines: list[Line], links: set[int], themes: Mapping[str, str]
) -> tuple[tuple[Section, ...], list[Boilerplate]]:
    sections: list[Section] = []
    boilerplate: list[Boilerplate] = []
    part, heading, body = "", None, []  # type: str, tuple[str, Words] | None, list[Line]
    for index, line in enumerate(lines):
        followed = index + 1 < len(lines) and bool(TABLE_HEADER.match(lines[index + 1].text))
        if match := PART.match(line.text) if line.gap or line.opens_page else None:
            part, heading = match[1], None
            boilerplate.append(Boilerplate("part heading", line.span))
        elif TABLE_HEADER.match(line.text):
            boilerplate.append(Boilerplate("table header", line.span))
            body = []
            sections.append(Section(part, heading, ()))
            heading = None
        elif (followed and (heading := _theme(source, line, themes))) or line.start in links:
            continue
        elif not sections:
            raise source.error(
                f"expected a table header (“Tiltak Ansvar Status Kommentar”), found “{line.text.strip()}”", line.start
            )
        else:
            body.append(line)
            sections[-1] = Section(sections[-1].part, sections[-1].theme, tuple(body))
    if not sections:
        raise source.error("expected a table header (“Tiltak Ansvar Status Kommentar”); found none", lines[-1].start)
    return tuple(sections), boilerplate


def _theme(source: ReportText, line: Line, themes: Mapping[str, str]) -> tuple[str, Words] | None:
    """Return the theme whose heading this line is; None where the line belongs to the row above."""
    printed = " ".join(line.text.split())
    if concept := themes.get(printed.lower()):
        return concept, Words(printed, (line.span,))
    looks_like_one = line.gap and len(printed.split()) <= 5 and printed[0].isupper() and printed[-1].isalpha()
    if looks_like_one and (line.opens_page or len(printed.split()) <= 3):
        raise source.error(
            f"“{printed}” is where a theme heading should be, but is none of {', '.join(sorted(themes))};"
            " add it to ontology/schemes/theme.ttl",
            line.start,
        )
    return None
