"""Formats that a table of rules declares: each rule writes XML for the fields of one tag (`data/record-formats`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nbkg.grouping import group_values
from nbkg.records.record import MarcField, MarcRecord
from sparql_endpoint.api.record_formats.xml_template import FieldValues, Tables, Values, make_template

_LEADER = "LDR"


@dataclass(frozen=True)
class FormatRule:
    """What is written for the fields of a tag that meet the conditions."""

    tag: re.Pattern[str]
    first: str
    """Of the rules with the same name here, only the first one that writes something counts."""
    each: str
    """A code: the template is filled for each subfield with it."""
    conditions: Sequence[tuple[str, re.Pattern[str]]]
    """Codes, and what their values must match; `ind1` for an indicator, and an empty code for a control field."""
    template: Callable[[FieldValues], str]
    is_single: bool
    """Whether only the first field counts."""

    def write(self, field: MarcField, values: Values, tables: Tables) -> Iterator[str]:
        """Yield what is written for a field."""
        if self._matches(field):
            for only in self._subfields(field):
                if text := self.template(FieldValues(field, values, tables, only)):
                    yield text

    def _matches(self, field: MarcField) -> bool:
        return all(pattern.search(_compared(field, name)) for name, pattern in self.conditions)

    def _subfields(self, field: MarcField) -> Sequence[tuple[str, str] | None]:
        if not self.each:
            return (None,)
        return [(code, value) for code, value in field.subfields if code == self.each]


def _compared(field: MarcField, name: str) -> str:
    if name.startswith("ind"):
        return field.ind1 if name == "ind1" else field.ind2
    return " ".join(field.values(name)) if name else field.data


class DeclaredFormat:
    """A format of records as a table declares it."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._start, self._end = make_template(table["start"]), make_template(table["end"])
        self._tables: Tables = table.get("tables", {})
        self._rules = [_rule(entry) for entry in table["rules"]]

    def write(self, record: MarcRecord, values: Values) -> bytes:
        """Return a record as one element; characters that XML cannot hold are replaced."""
        by_tag = group_values((field.linked_tag, field) for field in record.fields)
        by_tag = {**by_tag, _LEADER: [MarcField(_LEADER, data=record.leader)]}
        written, done = list[str](), set[str]()
        for rule in self._rules:
            if not (rule.first and rule.first in done):
                texts = list(self._texts(rule, by_tag, values))
                written += texts
                done |= {rule.first} if texts else set()
        outer = FieldValues(MarcField(""), values, self._tables)
        unique = dict.fromkeys(written)
        return "".join((self._start(outer), *unique, self._end(outer))).encode()

    def _texts(self, rule: FormatRule, by_tag: Mapping[str, Sequence[MarcField]], values: Values) -> Iterator[str]:
        fields = [field for tag, group in by_tag.items() if rule.tag.fullmatch(tag) for field in group]
        for field in fields:
            texts = list(rule.write(field, values, self._tables))
            yield from texts
            if texts and rule.is_single:
                return


def _rule(entry: Mapping[str, Any]) -> FormatRule:
    conditions = [(name, re.compile(pattern)) for name, pattern in entry.get("when", {}).items()]
    return FormatRule(
        re.compile(entry["tag"]),
        entry.get("first", ""),
        entry.get("each", ""),
        conditions,
        make_template(entry["xml"]),
        entry.get("single", False),
    )


@cache
def declared_format(name: str) -> DeclaredFormat:
    """Return the format of a table in `data/record-formats`."""
    table = _read_table(name)
    return DeclaredFormat({**_read_table(table["rules_of"]), **table} if "rules_of" in table else table)


def _read_table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("data").joinpath("record-formats", f"{name}.toml").read_text(encoding="utf-8"))
