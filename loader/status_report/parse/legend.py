"""The legend at the report's end: the units' codes, names and former names."""

from __future__ import annotations

import re

from loader.status_report.model.report import Unit, Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Flow
from loader.status_report.parse.dehyphenate import Lexicon, read

_ENTRY = re.compile(r"(?:(?<=\s)|^)(?P<code>[A-ZÆØÅ]{2,6})\s+[–-]\s+")
_FORMER = re.compile(r"\(\s*(?:tidligere|tidl\.)\s+(?P<name>[^)]+?)\s*\)", re.IGNORECASE)


def units(source: ReportText, legend: Flow, lexicon: Lexicon) -> tuple[Unit, ...]:
    """Return the units in the order of the legend.

    Raises ReportError where a code stands twice or has no name.
    """
    text = read(legend, lexicon)
    marks = list(_ENTRY.finditer(text.text))
    if not marks or marks[0].start() > 0:
        raise source.error(f"expected the legend (“BU – Bibliotekutvikling …”), found “{text.text[:40]}”", legend.at[0])
    ends = [*(mark.start() for mark in marks[1:]), len(text.text)]
    units = [_unit(source, text[mark.start() : end]) for mark, end in zip(marks, ends, strict=True)]
    codes = [unit.code for unit in units]
    for unit in units:
        if codes.count(unit.code) > 1:
            raise source.error(f"the legend gives the unit {unit.code} twice", unit.entry[0][0])
    return tuple(units)


def _unit(source: ReportText, entry: Flow) -> Unit:
    mark = _ENTRY.match(entry.text)
    assert mark is not None  # noqa: S101  # the caller cut the entry at this very mark
    former = _FORMER.search(entry.text)
    name = entry[mark.end() : former.start() if former else len(entry.text)].strip()
    if not name:
        raise source.error(f"the legend gives no name for the unit {mark['code']}", entry.at[0])
    return Unit(
        code=mark["code"],
        name=Words(name.text, name.spans(source.text)),
        former=_words(source, entry[former.start("name") : former.end("name")]) if former else None,
        entry=entry.strip().spans(source.text),
    )


def _words(source: ReportText, flow: Flow) -> Words:
    return Words(flow.text, flow.spans(source.text))
