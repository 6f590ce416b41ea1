"""The columns of a table: which there are, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from loader.dumps.labels import Labels, end
from loader.namespaces import XSD

_TYPES = {
    str(XSD.integer): "integer",
    str(XSD.decimal): "number",
    str(XSD.boolean): "boolean",
    str(XSD.date): "date",
    str(XSD.gYear): "year",
}
"""Datatype to the type of a column, https://specs.frictionlessdata.io/table-schema/#types-and-formats."""


@dataclass(frozen=True, order=True)
class Kind:
    """The values of a property that stand in one column."""

    property: str
    language: str = ""
    """Of texts; "" for those of no language, and for things."""
    thing: bool = False
    """Whether they are IRIs."""

    @classmethod
    def of(cls, triple: ox.Triple) -> Kind:
        """That of a statement."""
        value = triple.object
        if isinstance(value, ox.Literal):
            return cls(triple.predicate.value, value.language or "")
        return cls(triple.predicate.value, thing=True)


@dataclass(frozen=True)
class Column:
    """A column."""

    name: str
    kind: Kind
    type: str
    """In the words of Table Schema."""
    several: bool
    """Whether a cell may hold several values."""
    named: bool = False
    """Whether it holds the names of things rather than their IRIs."""


def columns(
    kinds: Mapping[Kind, bool], datatypes: Mapping[Kind, set[str]], labels: Labels, named: Collection[Kind]
) -> Sequence[Column]:
    """The columns, by name. `named` are those that have a column of names beside the one of IRIs."""
    languages = Counter(kind.property for kind in kinds if kind.language)
    made = []
    for kind, several in sorted(kinds.items()):
        label = labels.name(ox.NamedNode(kind.property))
        if kind.thing:
            made.append(Column(f"{label} (IRI)", kind, "string", several))
            made.extend([Column(label, kind, "string", several, named=True)] if kind in named else [])
        else:
            alone = languages[kind.property] < 2 and (not kind.language or Kind(kind.property) not in kinds)
            name = label if alone or not kind.language else f"{label} ({kind.language})"
            made.append(Column(name, kind, "string" if several else _type(datatypes[kind]), several))
    return sorted(_apart(made), key=lambda column: column.name)


def _type(datatypes: set[str]) -> str:
    return _TYPES.get(next(iter(datatypes)), "string") if len(datatypes) == 1 else "string"


def _apart(made: Iterable[Column]) -> Iterator[Column]:
    """Columns with names of their own: one that another property has too gets the end of its property's IRI."""
    given = [*made]
    often = Counter(column.name.lower() for column in given)
    often["id"] += 1
    seen: Counter[str] = Counter()
    for column in given:
        name = column.name
        if often[name.lower()] > 1:
            name = f"{name} [{end(column.kind.property)}]"
        seen[name.lower()] += 1
        yield replace(column, name=name if seen[name.lower()] == 1 else f"{name} {seen[name.lower()]}")
