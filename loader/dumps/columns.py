"""The columns of a table and their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from loader.dumps.store_labels import StoreLabels
from loader.namespaces import XSD
from nbkg.rdf.compact_iri import local_name

_TYPES = {
    str(XSD.integer): "integer",
    str(XSD.decimal): "number",
    str(XSD.boolean): "boolean",
    str(XSD.date): "date",
    str(XSD.gYear): "year",
}
"""Datatype to the type of a column, https://specs.frictionlessdata.io/table-schema/#types-and-formats."""


@dataclass(frozen=True, order=True)
class ColumnKey:
    """The values of a property that stand in one column."""

    property: str
    language: str = ""
    """The language of the texts; empty for values without a language."""
    is_iri: bool = False
    """Whether the values are IRIs or blank nodes."""

    @classmethod
    def of(cls, triple: ox.Triple) -> ColumnKey:
        """Return the key of the column in which the object of a triple stands."""
        value = triple.object
        if isinstance(value, ox.Literal):
            return cls(triple.predicate.value, value.language or "")
        return cls(triple.predicate.value, is_iri=True)


@dataclass(frozen=True)
class Column:
    """A column."""

    name: str
    key: ColumnKey
    type: str
    """Its type in Table Schema."""
    several: bool
    """Whether a cell may hold several values."""
    has_labels: bool = False
    """Whether it holds the labels of IRIs rather than the IRIs."""


def make_columns(
    keys: Mapping[ColumnKey, bool],
    datatypes: Mapping[ColumnKey, set[str]],
    labels: StoreLabels,
    labelled: Collection[ColumnKey],
) -> Sequence[Column]:
    """Return the columns, by name.

    `keys` say whether a cell may hold several values; those in `labelled` get a column of labels beside that of IRIs.
    """
    languages = Counter(key.property for key in keys if key.language)
    columns = []
    for key, several in sorted(keys.items()):
        label = labels.label(ox.NamedNode(key.property))
        if key.is_iri:
            columns.append(Column(f"{label} (IRI)", key, "string", several))
            columns.extend([Column(label, key, "string", several, has_labels=True)] if key in labelled else [])
        else:
            one = languages[key.property] < 2 and (not key.language or ColumnKey(key.property) not in keys)
            name = label if one or not key.language else f"{label} ({key.language})"
            columns.append(Column(name, key, "string" if several else _type(datatypes[key]), several))
    return sorted(_distinct_names(columns), key=lambda column: column.name)


def _type(datatypes: set[str]) -> str:
    return _TYPES.get(next(iter(datatypes)), "string") if len(datatypes) == 1 else "string"


def _distinct_names(columns: Sequence[Column]) -> Iterator[Column]:
    """Yield the columns with distinct names: the local name of its property is added to one that is not unique."""
    uses = Counter(column.name.lower() for column in columns)
    uses["id"] += 1
    seen: Counter[str] = Counter()
    for column in columns:
        name = column.name
        if uses[name.lower()] > 1:
            name = f"{name} [{local_name(column.key.property)}]"
        seen[name.lower()] += 1
        yield replace(column, name=name if seen[name.lower()] == 1 else f"{name} {seen[name.lower()]}")
