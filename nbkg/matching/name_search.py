"""Finds the entities with a name like one that is sought, and compares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from nbkg.matching.comparison import Comparison, compare_names, compare_years
from nbkg.matching.entity_index import EntityIndex, EntityRow, NameRow
from nbkg.matching.entity_tables import VARIANT
from nbkg.matching.name_form import NameForm, read_name
from nbkg.matching.years import Years

_MOST_COMPARED = 12
"""Names of which the differences are worked out; those are the ones with the most similar keys."""
_LEAST_SIMILAR = 45.0
_ENOUGH = 98.0
"""The score from which on no names are sought that are only similar."""


@dataclass(frozen=True)
class Scored:
    """An entity, and how its best name differs from the one that is sought."""

    entity: EntityRow
    name: NameRow
    comparison: Comparison


def find_names(index: EntityIndex, form: NameForm, years: Years) -> list[Scored]:
    """Return the entities of which a name is the same or similar, each once."""
    exact = _compare(index, form, years, _with_key(index, form))
    if any(one.comparison.score >= _ENOUGH for one in exact.values()):
        return list(exact.values())
    similar = _compare(index, form, years, _most_similar(form, index.similar(form)))
    return list({**similar, **exact}.values())


def _with_key(index: EntityIndex, form: NameForm) -> list[NameRow]:
    names = index.named(form.key)
    if form.full_key != form.key:
        names += index.named(form.full_key)
    return names


def _most_similar(form: NameForm, names: Sequence[NameRow]) -> list[NameRow]:
    keys = [name.key for name in names]
    best = process.extract(form.key, keys, scorer=ratio, score_cutoff=_LEAST_SIMILAR, limit=_MOST_COMPARED)
    return [names[position] for _, _, position in best]


def _compare(index: EntityIndex, form: NameForm, years: Years, names: Iterable[NameRow]) -> dict[int, Scored]:
    """Return the best name of each entity, by its number."""
    best = dict[int, tuple[NameRow, Comparison]]()
    for name in names:
        comparison = compare_names(form, read_name(name.text))
        if name.entity not in best or comparison.score > best[name.entity][1].score:
            best[name.entity] = name, comparison
    results = dict[int, Scored]()
    for entity in index.entities(best):
        name, comparison = best[entity.number]
        compare_years(years, _years_of(entity, name), comparison)
        results[entity.number] = Scored(entity, name, comparison)
    return results


def _years_of(entity: EntityRow, name: NameRow) -> Years:
    return entity.years if entity.years.are_known else read_name(name.text).years


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
