"""What the columns of a table become: a description in the terms of CSV on the Web, as JSON.

Metadata Vocabulary for Tabular Data (https://www.w3.org/TR/tabular-metadata/), sections 5.6 and 5.11.2, of which this
is a part: `titles`, `name`, `required`, `datatype.format`, `aboutUrl`, `propertyUrl`, `valueUrl`, `suppressOutput`,
`virtual`, `lang`. Here several columns may read one column of the file, and templates are below the base of the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from loader.errors import CuratedError
from loader.namespaces import BASE, PREFIXES

_VARIABLE = re.compile(r"\{(\+?)(\w+)\}")
_UNRESERVED = re.compile(r"[^A-Za-z0-9._~-]")


@dataclass(frozen=True)
class ColumnDescription:
    """One column: where its cells are, what is allowed in them, and the statement they become."""

    name: str
    titles: tuple[str, ...]
    """The names of the column in files; none for a virtual one."""
    required: bool
    pattern: re.Pattern[str] | None
    about: str
    """The template of the subject."""
    predicate: str
    """The IRI of the predicate; empty for a column that is only used in templates."""
    value: str
    """The template of the object; empty where it is the text of the cell."""
    text: str
    """The template of a literal, which CSV on the Web does not have (`textTemplate`)."""
    needs: str
    """The column without whose value there is no statement (`needs`, which CSV on the Web does not have)."""
    language: str


@dataclass(frozen=True)
class TableDescription:
    """The columns of a table and how its rows are told apart."""

    key: str
    """The name of the column whose value is of one row only."""
    delimiter: str
    columns: tuple[ColumnDescription, ...]


def read_table_description(name: str) -> TableDescription:
    """Return the description `data/table-profiles/{name}.json`. Raises CuratedError where there is none."""
    file = files("data").joinpath("table-profiles", f"{name}.json")
    if not file.is_file():
        problem = "there is no such description of a table; name one by dcterms:conformsTo"
        raise CuratedError(problem, file=f"{name}.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    schema = content["tableSchema"]
    columns = tuple(_column(each, schema["aboutUrl"]) for each in schema["columns"])
    return TableDescription(schema["primaryKey"], content.get("dialect", {}).get("delimiter", ","), columns)


def _column(content: Mapping[str, object], about: str) -> ColumnDescription:
    datatype = content.get("datatype")
    form = datatype.get("format") if isinstance(datatype, dict) else None
    predicate = "" if content.get("suppressOutput") else _expand(str(content["propertyUrl"]))
    return ColumnDescription(
        name=str(content["name"]),
        titles=() if content.get("virtual") else _titles(content),
        required=bool(content.get("required")),
        pattern=re.compile(form) if form else None,
        about=str(content.get("aboutUrl", about)),
        predicate=predicate,
        value=str(content.get("valueUrl", "")),
        text=str(content.get("textTemplate", "")),
        needs=str(content.get("needs", "")),
        language=str(content.get("lang", "")),
    )


def _titles(content: Mapping[str, object]) -> tuple[str, ...]:
    titles = content.get("titles", content["name"])
    return tuple(str(title).casefold() for title in (titles if isinstance(titles, list) else [titles]))


def _expand(compact: str) -> str:
    prefix, _, local = compact.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else compact


def fill_template(template: str, values: Mapping[str, str]) -> str | None:
    """Return the IRI of a template (RFC 6570, levels 1 and 2); None where a variable in it has no value."""
    names = [name for _, name in _VARIABLE.findall(template)]
    if not all(values.get(name) for name in names):
        return None
    filled = _VARIABLE.sub(lambda match: _FORMS[match[1]](values[match[2]]), template)
    return f"{BASE}{filled}" if template.startswith("id/") else _expand(filled)


def fill_text(template: str, values: Mapping[str, str]) -> str | None:
    """Return the text of a template; None where a variable in it has no value."""
    return template.format_map(values) if all(values.get(name) for _, name in _VARIABLE.findall(template)) else None


def _escaped(value: str) -> str:
    return _UNRESERVED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), value)


_FORMS: Mapping[str, Callable[[str], str]] = {"": _escaped, "+": str}


def described_titles(columns: Sequence[ColumnDescription]) -> frozenset[str]:
    """Return the names of columns in files that a description knows."""
    return frozenset(title for column in columns for title in column.titles)
