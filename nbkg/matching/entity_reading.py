"""An entity by what a store says about it: facts with the roles of `nbkg.matching.roles`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nbkg.matching import roles
from nbkg.matching.entity import Entity
from nbkg.matching.years import read_year, split_years

Fact = tuple[str, str]
"""A role, and a text or an IRI."""
_LONGEST_CODE = 40
"""Characters of a notation."""


@dataclass(frozen=True)
class Reading:
    """A resource as it is matched, or as it tells an identifier or a class of others."""

    entity: Entity
    nodes: Sequence[str]
    """The nodes that hold identifiers of it."""
    numbers: Sequence[str]
    """The identifiers that it holds for others."""
    is_invalid: bool
    is_background: bool
    """Whether it is a class whose instances only serve others."""

    @property
    def is_entity(self) -> bool:
        """Whether it can be matched: it has a name, or leads to what it was merged into."""
        return bool(self.entity.names or self.entity.variants or self.entity.replaced_by)


def read_entity(iri: str, facts: Iterable[Fact]) -> Reading:
    """Return what facts about a resource say."""
    values: dict[str, list[str]] = defaultdict(list)
    for role, value in facts:
        values[role].append(value)
    known, names = roles.read_roles(), tuple(dict.fromkeys(values[roles.NAME]))
    classes = tuple(dict.fromkeys(values[roles.CLASS]))
    entity = Entity(
        iri,
        names,
        classes,
        tuple(one for one in dict.fromkeys([*values[roles.VARIANT], *_codes(values)]) if one not in names),
        tuple(dict.fromkeys(values[roles.IDENTIFIER])),
        _years(values, names),
        is_undifferentiated=bool(values[roles.UNDIFFERENTIATED]) or not known.undifferentiated.isdisjoint(classes),
        replaced_by=_single(values[roles.REPLACED]),
        is_gone=bool(values[roles.WITHDRAWN]) or not known.withdrawn.isdisjoint(classes),
    )
    is_background = any(value in ("true", "1") for value in values[roles.BACKGROUND])
    return Reading(entity, values[roles.NODE], values[roles.NUMBER], bool(values[roles.INVALID]), is_background)


def facts_of(entity: Entity) -> list[Fact]:
    """Return the facts that say what an entity is."""
    texts = {
        roles.NAME: entity.names,
        roles.VARIANT: entity.variants,
        roles.IDENTIFIER: entity.identifiers,
        roles.CLASS: entity.types,
        roles.REPLACED: filter(None, [entity.replaced_by]),
    }
    facts = [(role, text) for role, some in texts.items() for text in some]
    return [*facts, *_years_and_marks(entity)]


def _years_and_marks(entity: Entity) -> Iterator[Fact]:
    for role, year in _known_years(entity):
        yield role, f"{year:05d}" if year < 0 else f"{year:04d}"
    if entity.is_undifferentiated:
        yield roles.UNDIFFERENTIATED, "true"
    if entity.is_gone:
        yield roles.WITHDRAWN, "true"


def _known_years(entity: Entity) -> list[tuple[str, int]]:
    pairs = zip((roles.FIRST, roles.LAST), entity.years, strict=True)
    return [(role, year) for role, year in pairs if year is not None]


def _codes(values: dict[str, list[str]]) -> list[str]:
    """Return the notations of what has a name itself, which are other names of it: `TK`, `839.82`."""
    return [one for one in values[roles.NUMBER] if len(one) <= _LONGEST_CODE] if values[roles.NAME] else []


def _single(iris: Sequence[str]) -> str | None:
    """Return the one IRI; None of several: what was split into others leads to none of them."""
    return iris[0] if len({*iris}) == 1 else None


def _years(values: dict[str, list[str]], names: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the years that properties give, else those in the first name that has some."""
    first, last = (_first_year(values[role]) for role in (roles.FIRST, roles.LAST))
    if first is not None or last is not None:
        return first, last
    return next((years for name in names if (years := split_years(name)[1]).are_known), (None, None))


def _first_year(dates: Iterable[str]) -> int | None:
    return next((year for date in sorted(dates) if (year := read_year(date)) is not None), None)
