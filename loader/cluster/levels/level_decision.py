"""Whether two records describe one thing at a level: vetoes first, then the sum of what evidence is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.level_evidence import EVIDENCE
from loader.cluster.levels.level_settings import LevelSettings
from loader.cluster.levels.level_vetoes import VETOES


@dataclass(frozen=True)
class LevelDecision:
    """The decision on two records at a level."""

    level: str
    is_same: bool
    score: float
    """The sum of the weights, 0 where something contradicts."""
    evidence: Sequence[tuple[str, float]]
    """What agrees, and what it is worth."""
    vetoes: Sequence[str]
    """What contradicts."""


class LevelDecider:
    """Decides at one level."""

    def __init__(self, settings: LevelSettings) -> None:
        self.settings = settings
        self._vetoes = [VETOES[name] for name in settings.vetoes]
        self._titles = [(EVIDENCE[name], weight) for name, weight in settings.title_weights.items()]
        self._evidence = [(EVIDENCE[name], weight) for name, weight in settings.weights.items()]

    def contradicts(self, one: RecordDescription, other: RecordDescription) -> bool:
        """Return whether something says that both are not one."""
        return any(veto(one, other) for veto in self._vetoes)

    def score(self, one: RecordDescription, other: RecordDescription) -> float:
        """Return what the evidence is worth; below zero where something contradicts."""
        if self.contradicts(one, other):
            return -1.0
        titles = max(weight * evidence(one, other) for evidence, weight in self._titles)
        return titles + sum(weight * evidence(one, other) for evidence, weight in self._evidence)

    def is_same(self, one: RecordDescription, other: RecordDescription) -> bool:
        """Return whether both are one."""
        return self.score(one, other) >= self.settings.least

    def explain(self, one: RecordDescription, other: RecordDescription) -> LevelDecision:
        """Return the decision with its reasons."""
        vetoes = [name for name in self.settings.vetoes if VETOES[name](one, other)]
        titles = _agreeing(self.settings.title_weights, one, other)
        best = max(titles, key=lambda each: each[1], default=None)
        agreeing = [*([best] if best else []), *_agreeing(self.settings.weights, one, other)]
        score = 0.0 if vetoes else round(sum(weight for _, weight in agreeing), 2)
        return LevelDecision(self.settings.name, score >= self.settings.least, score, agreeing, vetoes)


def _agreeing(
    weights: Mapping[str, float], one: RecordDescription, other: RecordDescription
) -> list[tuple[str, float]]:
    """Return what agrees, and what it is worth."""
    values = {name: EVIDENCE[name](one, other) for name in weights}
    return [(name, round(weights[name] * value, 2)) for name, value in values.items() if value]
