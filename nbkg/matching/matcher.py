"""Finds the entities that a query may mean: by identifiers, then by names and variants, then by similar names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from nbkg.matching import roles
from nbkg.matching.candidate import Candidate
from nbkg.matching.completion import complete
from nbkg.matching.decision import decide, is_sure, join_identified, margin
from nbkg.matching.entity import Entity
from nbkg.matching.entity_index import EntityIndex, EntityRow
from nbkg.matching.identifier_keys import is_identifier, sought_keys
from nbkg.matching.name_form import NameForm, read_name
from nbkg.matching.name_search import Scored, features, find_names
from nbkg.matching.property_values import FindValues, weigh
from nbkg.matching.query import Constraint, MatchQuery
from nbkg.matching.years import Years, read_year

_COMPLETED = 100.0
"""The score of the first completion; the others have a tenth less each."""
_IDENTIFYING = frozenset({roles.IDENTIFIER, roles.NODE, roles.NUMBER})
_DATES = frozenset({roles.FIRST, roles.LAST})
_NO_YEARS = Years(None, None)
_OWN = _IDENTIFYING | _DATES
"""The roles of properties that an index holds."""


class Matcher:
    """Finds entities by their names and identifiers; safe to use from several threads."""

    def __init__(self, source: EntityIndex | Iterable[Entity], find_values: FindValues | None = None) -> None:
        """Take an index, or entities into memory; `find_values` looks up properties that the index does not hold."""
        self._index = source if isinstance(source, EntityIndex) else EntityIndex.in_memory(source)
        self._find_values = find_values

    def match(self, query: MatchQuery) -> Sequence[Candidate]:
        """Return the entities that a query may mean, the best first; those with equal scores by their IRI.

        An identifier has one answer with the score 100, or none where nothing has it. Otherwise names decide.
        """
        text = " ".join(query.text.split())
        if identified := self._identified((text,), query.types):
            return identified[: query.limit]
        if is_identifier(text):
            return self._coded(text, query.types)[: query.limit]
        identified = self._identified(_identifiers(query), query.types) if query.identifiers or query.properties else []
        if identified and not text:
            return identified[: query.limit]
        scored = self._scored(text, query)
        return self._join(identified, scored, read_name(text))[: query.limit]

    def match_all(self, queries: Iterable[MatchQuery]) -> Sequence[Sequence[Candidate]]:
        """Return the candidates of each query, in their order."""
        return [self.match(query) for query in queries]

    def complete(self, prefix: str, types: Sequence[str] = (), limit: int = 10) -> Sequence[Candidate]:
        """Return up to `limit` entities that a beginning of a name may become, or that an identifier means."""
        if identified := self._identified((prefix,), types):
            return identified[:limit]
        candidates = dict[str, Candidate]()
        for row in complete(self._index, prefix):
            if len(candidates) == limit:
                break
            candidate = self._candidate(row, _COMPLETED - len(candidates) / 10, (), types)
            if candidate and candidate.iri not in candidates:
                candidates[candidate.iri] = candidate
        return [*candidates.values()]

    def _identified(self, texts: Sequence[str], types: Sequence[str]) -> list[Candidate]:
        for text in texts:
            key, numbers = self._index.identified(sought_keys(text))
            rows = self._index.entities(numbers) if numbers else []
            named = [self._candidate(row, 100.0, (("identifier", key),), types) for row in rows]
            distinct = {one.iri: one for one in named if one}
            if distinct:
                return decide(sorted(distinct.values(), key=lambda one: one.iri), 0.0 if len(distinct) == 1 else None)
        return []

    def _coded(self, text: str, types: Sequence[str]) -> list[Candidate]:
        """Return the entities that have a text, which looks like an identifier, as a name or a notation."""
        names = [name for name in self._index.named(read_name(text).key) if name.text.casefold() == text.casefold()]
        rows = self._index.entities({name.entity for name in names}) if names else []
        candidates = [self._candidate(row, _COMPLETED, (("name", text),), types) for row in rows]
        distinct = {one.iri: one for one in candidates if one}
        return decide(sorted(distinct.values(), key=lambda one: one.iri), 0.0 if len(distinct) == 1 else None)

    def _accept(self, types: Sequence[str]) -> Callable[[EntityRow], bool]:
        """Return the function that tells whether an entity, or what it was merged into, is of one of some types."""
        return lambda row: not types or bool(row.replaced) or not set(types).isdisjoint(self._index.classes_of(row))

    def _candidate(
        self, row: EntityRow, score: float, features: tuple[tuple[str, float | str | bool], ...], types: Sequence[str]
    ) -> Candidate | None:
        """Return the candidate for an entity, or for what it was merged into; None where that is not of a type."""
        entity = self._index.survivor(row)
        if entity is None:
            return None
        classes = self._index.classes_of(entity)
        if types and set(types).isdisjoint(classes):
            return None
        replaces = row.iri if entity.number != row.number else None
        return Candidate(entity.iri, entity.name, classes, round(score, 2), features, False, replaces)

    def _scored(self, text: str, query: MatchQuery) -> list[tuple[Candidate, Scored]]:
        """Return the candidates by their names, the best first."""
        form, years = read_name(text), _years(query)
        if not form.words:
            return []
        names = find_names(self._index, form, years if years.are_known else form.years, self._accept(query.types))
        best = dict[str, tuple[Candidate, Scored]]()
        for one in sorted(names, key=lambda each: (-each.comparison.score, each.entity.replaced is not None)):
            candidate = self._candidate(one.entity, one.comparison.score, features(one), query.types)
            if candidate and candidate.score and candidate.iri not in best:
                best[candidate.iri] = candidate, one
        pairs = sorted(best.values(), key=lambda pair: (-pair[0].score, pair[0].iri))
        return self._with_properties(pairs, query.properties)

    def _with_properties(
        self, pairs: list[tuple[Candidate, Scored]], constraints: Sequence[Constraint]
    ) -> list[tuple[Candidate, Scored]]:
        """Return candidates with lower scores where they lack the value of a property that is sought."""
        others = [one for one in constraints if _is_of_store(one)]
        if not (others and pairs and self._find_values):
            return pairs
        iris = [candidate.iri for candidate, _ in pairs]
        known = [(prop, values, self._find_values(iris, prop)) for prop, values in others]
        weighed = [(weigh(candidate, known), scored) for candidate, scored in pairs]
        return sorted(weighed, key=lambda pair: (-pair[0].score, pair[0].iri))

    def _join(
        self, identified: list[Candidate], pairs: list[tuple[Candidate, Scored]], form: NameForm
    ) -> list[Candidate]:
        """Return candidates by an identifier and by a name, where both are sought."""
        candidates = [candidate for candidate, _ in pairs]
        if not identified:
            return decide(candidates, self._margin(pairs[0], form) if pairs else None)
        return join_identified(identified, candidates)

    def _margin(self, pair: tuple[Candidate, Scored], form: NameForm) -> float | None:
        """Return how far a candidate must be above the next to be the match; None for one that cannot be."""
        candidate, scored = pair
        is_marked = scored.entity.is_undifferentiated or ("other-value", True) in candidate.features
        is_possible = not is_marked and is_sure(scored.comparison, form, self._index.is_word)
        return margin(scored.comparison) if is_possible else None


def _is_of_store(constraint: Constraint) -> bool:
    """Return whether a property that is sought is not held by an index, and a value of it is sought."""
    return roles.read_roles().by_property.get(constraint[0]) not in _OWN and any(constraint[1])


def _identifiers(query: MatchQuery) -> list[str]:
    known = roles.read_roles().by_property
    values_of_properties = [
        value for prop, values in query.properties if known.get(prop) in _IDENTIFYING for value in values
    ]
    return [text for text in (*query.identifiers, *values_of_properties) if text.strip()]


def _years(query: MatchQuery) -> Years:
    """Return the years that properties give."""
    if not query.properties:
        return _NO_YEARS
    known = roles.read_roles().by_property
    years: dict[str, int | None] = {}
    for prop, values in query.properties:
        if (role := known.get(prop, "")) in _DATES:
            years.setdefault(role, next((year for value in values if (year := read_year(value)) is not None), None))
    return Years(years.get(roles.FIRST), years.get(roles.LAST))
