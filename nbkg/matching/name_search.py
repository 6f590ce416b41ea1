"""Finds the entities with a name like one that is sought, and compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from nbkg.matching.comparison import Comparison, compare_names, compare_years
from nbkg.matching.entity_index import EntityIndex, EntityRow, NameRow
from nbkg.matching.entity_tables import VARIANT
from nbkg.matching.name_form import NameForm, read_name
from nbkg.matching.years import Years

_MOST_COMPARED = 8
"""Names of which the differences are worked out; those are the ones with the most similar keys."""
_LEAST_SIMILAR = 30.0
_ENOUGH = 98.0
"""The score from which on no names are sought that are only similar."""

Accept = Callable[[EntityRow], bool]
"""Returns whether an entity may be a candidate."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An entity, and how its best name differs from the one that is sought."""

    entity: EntityRow
    name: NameRow
    comparison: Comparison


def find_names(index: EntityIndex, form: NameForm, years: Years, accept: Accept) -> list[Scored]:
    """Return the entities of which a name is the same or similar, each once; only those that are accepted.

    What is merely similar is looked for where no name is the same.
    """
    search = _Search(index, form, years, accept)
    exact = search.compare(search.with_key(form))
    if any(one.comparison.score >= _ENOUGH for one in exact.values()):
        return [*exact.values(), *search.homonyms(exact)]
    similar = search.compare(_most_similar(index, form))
    return list({**similar, **exact}.values())


@dataclass(frozen=True)
class _Search:
    """The search for one name."""

    index: EntityIndex
    form: NameForm
    years: Years
    accept: Accept

    def with_key(self, form: NameForm) -> list[NameRow]:
        """Return the names that are the same as one, with or without what tells it from others."""
        names = self.index.named(form.key)
        return [*names, *self.index.named(form.full_key)] if form.qualifiers else names

    def compare(self, names: Iterable[NameRow]) -> dict[int, Scored]:
        """Return the best name of each entity, by its number."""
        best = dict[int, tuple[NameRow, Comparison]]()
        for name in names:
            comparison = compare_names(self.form, read_name(name.text))
            if name.entity not in best or comparison.score > best[name.entity][1].score:
                best[name.entity] = name, comparison
        rows = self.index.entities(best) if best else ()
        return {row.number: self._scored(row, *best[row.number]) for row in rows if self.accept(row)}

    def _scored(self, entity: EntityRow, name: NameRow, comparison: Comparison) -> Scored:
        lasting = (self.index.survivor(entity) or entity) if entity.replaced else entity
        known = lasting.years if lasting.years.are_known else read_name(name.text).years
        compare_years(self.years, known, comparison)
        return Scored(entity, name, comparison)

    def homonyms(self, exact: dict[int, Scored]) -> list[Scored]:
        """Return other entities with the preferred name of one that a variant finds: it may be theirs too."""
        results = dict[int, Scored]()
        for one in exact.values():
            if one.name.kind == VARIANT:
                names = [name for name in self.with_key(read_name(one.entity.name)) if name.entity not in exact]
                results |= {row.number: self._homonym(row, names) for row in self._accepted(names)}
        return [*results.values()]

    def _accepted(self, names: Sequence[NameRow]) -> list[EntityRow]:
        return (
            [row for row in self.index.entities([name.entity for name in names]) if self.accept(row)] if names else []
        )

    def _homonym(self, entity: EntityRow, names: Sequence[NameRow]) -> Scored:
        comparison = Comparison()
        comparison.add("homonym")
        return self._scored(entity, next(name for name in names if name.entity == entity.number), comparison)


def _most_similar(index: EntityIndex, form: NameForm) -> list[NameRow]:
    best = process.extract(
        form.key, index.similar(form), scorer=ratio, score_cutoff=_LEAST_SIMILAR, limit=_MOST_COMPARED
    )
    return index.names(number for _, _, number in best) if best else []


def features(scored: Scored) -> tuple[tuple[str, float | str | bool], ...]:
    """Return what a score is made of: the name, whether it is a variant, each difference, and what the years say."""
    comparison = scored.comparison
    pairs: list[tuple[str, float | str | bool]] = [("name", scored.name.text)]
    if scored.name.kind == VARIANT:
        pairs.append(("variant", True))
    pairs += [(difference, float(count)) for difference, count in sorted(comparison.differences.items())]
    if comparison.years_agree:
        pairs.append(("years-agree", True))
    if scored.entity.is_undifferentiated:
        pairs.append(("undifferentiated", True))
    return tuple(pairs)
