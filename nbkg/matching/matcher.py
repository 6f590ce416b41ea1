"""Finds the entities that a query may mean, in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from nbkg.matching.candidate import Candidate
from nbkg.matching.entity import Entity
from nbkg.matching.query import MatchQuery
from nbkg.text_index.analysis import split_words, transliterate

_LEAST = 60.0
"""The score of the least similar name that is a candidate."""
_CLEAR = 10.0
"""How far the best score must be above the second to be a match."""


class Matcher:
    """Finds entities by their names and identifiers."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Take the entities into memory."""
        self._entities = {entity.iri: entity for entity in entities}
        self._by_identifier: dict[str, set[str]] = defaultdict(set)
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for entity in self._entities.values():
            for identifier in (entity.iri, *entity.identifiers):
                self._by_identifier[identifier].add(entity.iri)
            for name in (*entity.names, *entity.variants):
                self._by_key[_key(name)].add(entity.iri)

    def match(self, query: MatchQuery) -> Sequence[Candidate]:
        """Return the entities that a query may mean, the best first; those with equal scores by their IRI."""
        if identified := self._by_identifier.get(query.text.strip()):
            scores = dict.fromkeys(identified, 100.0)
        else:
            scores = self._similar(query.text)
        candidates = [self._candidate(iri, score) for iri, score in scores.items() if self._has_type(iri, query.types)]
        ranked = sorted(candidates, key=lambda one: (-one.score, one.replaces is not None, one.iri))
        return _decide([*{one.iri: one for one in reversed(ranked)}.values()][::-1])[: query.limit]

    def match_all(self, queries: Iterable[MatchQuery]) -> Sequence[Sequence[Candidate]]:
        """Return the candidates of each query, in their order."""
        return [self.match(query) for query in queries]

    def complete(self, prefix: str, types: Sequence[str] = (), limit: int = 10) -> Sequence[Candidate]:
        """Return entities of which a name has words that begin as those of the prefix, those with short names first."""
        words = split_words(prefix)
        scores = {
            entity.iri: 100.0
            for entity in self._entities.values()
            if words and self._has_type(entity.iri, types) and _begins(entity, words)
        }
        candidates = [self._candidate(iri, score) for iri, score in scores.items()]
        return sorted(candidates, key=lambda one: (len(one.name), one.name, one.iri))[:limit]

    def _similar(self, text: str) -> dict[str, float]:
        key, scores = _key(text), dict[str, float]()
        for similar, score, _ in process.extract(
            key, self._by_key.keys(), scorer=ratio, score_cutoff=_LEAST, limit=None
        ):
            for iri in self._by_key[similar]:
                scores[iri] = max(score, scores.get(iri, 0.0))
        return scores

    def _candidate(self, iri: str, score: float) -> Candidate:
        entity, replaced = self._entities[iri], None
        if entity.replaced_by in self._entities:
            entity, replaced = self._entities[entity.replaced_by], iri
        name = next(iter(entity.names), entity.iri)
        return Candidate(entity.iri, name, entity.types, round(score, 2), (("name", round(score, 2)),), False, replaced)

    def _has_type(self, iri: str, types: Sequence[str]) -> bool:
        return not types or not set(types).isdisjoint(self._entities[iri].types)


def _decide(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Mark the first as the match where it is clearly the best."""
    if candidates and candidates[0].score == 100 and (len(candidates) == 1 or candidates[1].score <= 100 - _CLEAR):
        return [replace(candidates[0], is_match=True), *candidates[1:]]
    return list(candidates)


def _key(name: str) -> str:
    return " ".join(sorted(map(transliterate, split_words(name))))


def _begins(entity: Entity, words: Sequence[str]) -> bool:
    names = [split_words(name) for name in (*entity.names, *entity.variants)]
    return any(all(any(one.startswith(word) for one in name) for word in words) for name in names)
