"""Whether two records are the same: vetoes first, then the probability that the comparisons add up to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loader.cluster.cluster_settings import ComparisonSettings, Settings
from loader.cluster.comparisons.comparison_table import COMPARISONS
from loader.cluster.term_weights import TermWeights, weigh_terms
from loader.cluster.values import Record
from nbkg.errors import DataError

_NO_WEIGHTS = TermWeights({}, {}, {}, 1.0)


@dataclass(frozen=True)
class PairDecision:
    """What two records have in common, and whether they are the same."""

    probability: float
    is_same: bool
    features: Mapping[str, float]
    """The number of each comparison."""
    vetoes: Sequence[str] = ()
    """What contradicts."""


class PairDecider:
    """Decides on pairs of the records of some catalogues."""

    def __init__(self, settings: Settings, catalogues: Sequence[Sequence[Record]]) -> None:
        self.settings = settings
        _check_functions(settings)
        self._weights = {field.name: weigh_terms(catalogues, field.name) for field in settings.fields}

    def features(self, one: Record, other: Record) -> dict[str, float]:
        """Return the number of each comparison."""
        numbers: dict[str, float] = {}
        for comparison in self.settings.comparisons:
            number = self._compare(comparison, one, other)
            numbers[comparison.name] = number * numbers[comparison.times] if comparison.times else number
        return numbers

    def _compare(self, comparison: ComparisonSettings, one: Record, other: Record) -> float:
        weights = self._weights.get(comparison.field, _NO_WEIGHTS)
        return COMPARISONS[comparison.function](one[comparison.field], other[comparison.field], weights)

    def decide(self, one: Record, other: Record) -> PairDecision:
        """Return the decision on two records."""
        vetoes = [veto.name for veto in self.settings.vetoes if self._compare(veto, one, other)]
        features = self.features(one, other)
        sum_of_weights = sum(comparison.weight * features[comparison.name] for comparison in self.settings.comparisons)
        probability = 0.0 if vetoes else _logistic(self.settings.intercept + sum_of_weights)
        return PairDecision(probability, probability >= self.settings.threshold, features, vetoes)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-500.0, value)))


def _check_functions(settings: Settings) -> None:
    """Raise DataError where settings name a function or a field that there is not."""
    names = {field.name for field in settings.fields}
    for comparison in (*settings.comparisons, *settings.vetoes):
        if comparison.function not in COMPARISONS or comparison.field not in names:
            raise DataError(
                f"comparison {comparison.name}: no function {comparison.function} or no field {comparison.field}; "
                f"the functions are {', '.join(COMPARISONS)}",
                file=settings.name,
            )
