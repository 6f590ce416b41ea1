"""Templates of XML for one field: `<dc:title>{abnp}</dc:title>`.

A name in braces stands for codes of subfields, whose values it is replaced with, joined by blanks and without the
punctuation that ends them. `{@record}` is a value that is given for the record, `{5:7}` the characters 5 and 6 of a
control field, and `{a|roles}` a value in a table of the file. A part in `[[` and `]]` is left out where a value in it
is missing; where one outside is, nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from nbkg.rdf.xml_output import replace_illegal
from nbkg.records.record import MarcField

Tables = Mapping[str, Mapping[str, str]]
Values = Mapping[str, str]
_PART = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{([^{}|]+)(?:\|([^{}]+))?\}")
_POSITIONS = re.compile(r"(\d+):(\d+)")
_END = re.compile(r"\s*[/:;,=]\s*$|(?<=\w{3})\.\s*$|(?<=[)\]])\.\s*$")
"""Punctuation of ISBD at the end of a value; the full stop of an abbreviation of one or two letters stays."""
_SURROGATES = re.compile("[\ud800-\udfff]")


class FieldValues(NamedTuple):
    """The values that a template may have: those of a field, and those that are given for its record."""

    field: MarcField
    values: Values
    tables: Tables
    only: tuple[str, str] | None = None
    """Code and value of the only subfield that counts for its code, where a rule is for each of them."""

    def find(self, name: str, table: str | None) -> str:
        """Return the text in place of a placeholder; empty where there is none."""
        value = self._raw(name)
        return self.tables[table].get(value, "") if table else value

    def _raw(self, name: str) -> str:
        if name.startswith("@"):
            return self.values.get(name[1:], "")
        if positions := _POSITIONS.fullmatch(name):
            return self.field.data[int(positions[1]) : int(positions[2])].strip(" |#")
        if self.only and name == self.only[0]:
            return without_end_mark(self.only[1])
        return without_end_mark(" ".join(value.strip() for value in self.field.values(name)))


def without_end_mark(text: str) -> str:
    """Return a value without the punctuation that leads over to what follows it in ISBD."""
    return _END.sub("", text).strip()


def xml_text(text: str) -> str:
    """Return a text for an XML document; U+FFFD stands for what it cannot hold."""
    return escape(_SURROGATES.sub("\ufffd", replace_illegal(text)), {'"': "&quot;", "\r": "&#13;"})


def make_template(text: str) -> Callable[[FieldValues], str]:
    """Return the function that fills a template."""
    parts = [(part, number % 2 == 1) for number, part in enumerate(_PART.split(text)) if part]
    return lambda values: _fill_all(parts, values)


def _fill_all(parts: Sequence[tuple[str, bool]], values: FieldValues) -> str:
    written = []
    for part, is_optional in parts:
        filled = _fill(part, values)
        if filled is None and not is_optional:
            return ""
        written.append(filled or "")
    return "".join(written)


def _fill(part: str, values: FieldValues) -> str | None:
    """Return a part with its values; None where one is missing."""
    is_missing = False

    def replacement(match: re.Match[str]) -> str:
        nonlocal is_missing
        value = values.find(match[1], match[2])
        is_missing = is_missing or not value
        return xml_text(value)

    filled = _PLACEHOLDER.sub(replacement, part)
    return None if is_missing else filled
