"""The machine-readable report of a conversion: one JSON object a line for what was left out or odd.

`record` is the control number, or where the record is; `field` the tag, `subfield` its code; `code` a key of the
reasons, or of the oddities of reading; `what` the same in a sentence; `value` the text that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from json import dumps

from loader.marc.fields.projection import ReportLine
from loader.marc.fields.reasons import REASONS
from loader.marc.record_mapping import MappedRecord
from nbkg.records.record import Oddity

_LONGEST = 200
"""Characters of a value that are in the report."""


def iter_report_lines(name: str, mapped: MappedRecord, oddities: list[Oddity]) -> Iterator[str]:
    """Yield the lines of one record."""
    record = _text(name)
    for each in oddities:
        yield f'{{"record": {record}{_oddity(each.tag, each.code)}, "what": {_text(each.what)}}}\n'
    for line in (*mapped.omissions, *mapped.doubts):
        yield _line(record, line)


def deletion_line(identifier: str) -> str:
    """Return the line on a header of OAI-PMH that says that a record is deleted."""
    return _line(_text(identifier), ReportLine("", "", "deleted"))


def _line(record: str, line: ReportLine) -> str:
    return (
        f'{{"record": {record}{_reason(line.tag, line.code, line.reason)}, "value": {_text(line.value[:_LONGEST])}}}\n'
    )


@lru_cache(1 << 12)
def _reason(tag: str, code: str, reason: str) -> str:
    what = _text(REASONS[reason])
    return f', "field": {_text(tag)}, "subfield": {_text(code)}, "code": "{reason}", "what": {what}'


@lru_cache(1 << 10)
def _oddity(tag: str, code: str) -> str:
    return f', "field": {_text(tag)}, "subfield": "", "code": "{code}"'


def _text(value: str) -> str:
    return dumps(value, ensure_ascii=False)
