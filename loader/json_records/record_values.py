"""The values of the variables of a profile in one record, with what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from loader.json_records.json_path import JsonValue, texts_at
from loader.json_records.json_profile import Variable
from loader.json_records.profile_tables import Tables
from loader.marc.values.heading_keys import hashed
from loader.tables.table_description import fill_template, fill_text
from nbkg.records.character_sets import graph_text

Values = Mapping[str, str]
Report = Callable[[str], None]
"""Is called with what is odd in the record."""


class ValueReader:
    """Reads the variables of one record; each doubt is reported once."""

    def __init__(self, tables: Tables, report: Report) -> None:
        self._tables, self._report = tables, report
        self._reported: set[str] = set()

    def read(self, variables: Sequence[Variable], located: JsonValue, known: Values) -> dict[str, str]:
        """Return the values that variables have at a value, with those that are known."""
        values = dict(known)
        for variable in variables:
            if is_wanted(variable.needs, variable.unless, values) and (value := self._value(variable, located, values)):
                values[variable.name] = value
        return values

    def _value(self, variable: Variable, located: JsonValue, values: Values) -> str:
        if variable.constant:
            return variable.constant
        if variable.hash:
            return _hash(variable.hash, values)
        if variable.iri:
            return _first(fill_template(template, values) for template in variable.iri)
        texts = _texts(variable, located, values)
        read = (self._read(variable, text) for text in texts)
        return _first(read) or self._without(variable, texts)

    def _read(self, variable: Variable, text: str) -> str:
        if variable.pattern:
            match = variable.pattern.search(text)
            text = (variable.gives or match[match.re.groups and 1]) if match else ""
        if variable.table:
            text = self._tables[variable.table].get(text, {}).get(variable.column or "key", "")
        return variable.read(text) if variable.read and text else text

    def _without(self, variable: Variable, texts: Sequence[str]) -> str:
        """Return the default of a variable that no text gives a value, and report what is odd."""
        if not texts and variable.missing:
            self._note(f"{variable.missing} is missing")
        if texts and variable.report and _is_unreadable(variable, texts[-1], self._tables):
            default = f"; it was read as “{variable.default}”" if variable.default else "; it was left out"
            self._note(f"“{texts[-1][:80]}” cannot be read as {variable.name.replace('_', ' ')}{default}")
        return variable.default

    def _note(self, doubt: str) -> None:
        if doubt not in self._reported:
            self._reported.add(doubt)
            self._report(doubt)


def is_wanted(needs: Iterable[str], unless: Iterable[str], values: Values) -> bool:
    """Return whether there are values of all variables that are needed, and none of those that rule it out."""
    return all(values.get(name) for name in needs) and not any(values.get(name) for name in unless)


def clean_text(text: str) -> str:
    """Return a text as it may stand in a graph; half of a pair of surrogates is the replacement character."""
    return graph_text(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).strip()


def _texts(variable: Variable, located: JsonValue, values: Values) -> list[str]:
    """Return the texts that a variable may be read from, the best first."""
    if variable.of:
        return [values[variable.of]] if variable.of in values else []
    if variable.first:
        return [text for template in variable.first if (text := fill_text(template, values))]
    each = (clean_text(text) for path in variable.paths for text in texts_at(located, path))
    return [text for text in each if text]


def _first(texts: Iterable[str | None]) -> str:
    return next((text for text in texts if text), "")


def _hash(rows: Iterable[Sequence[str]], values: Values) -> str:
    return _first(hashed(*(values[name] for name in row)) for row in rows if all(values.get(name) for name in row))


def _is_unreadable(variable: Variable, text: str, tables: Tables) -> bool:
    """Return whether a text has no value for it cannot be read; an empty cell of a table is none on purpose."""
    return text not in tables[variable.table] if variable.table else bool(variable.read or variable.pattern)
