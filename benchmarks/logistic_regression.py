"""Logistic regression with a ridge, by Newton's method: how the weights of settings are learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_STEPS = 60
_FOLDS = 5


@dataclass(frozen=True)
class LinearModel:
    """The weights of features and the intercept."""

    weights: Matrix
    intercept: float

    def probabilities(self, features: Matrix) -> Matrix:
        """Return the probability of each row."""
        return np.asarray(1 / (1 + np.exp(-(features @ self.weights + self.intercept))))


def learn(features: Matrix, labels: Matrix, ridge: float) -> LinearModel:
    """Return the model that fits best, where weights of features in units of their deviation cost `ridge`."""
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    deviation[deviation == 0] = 1
    rows = np.hstack([(features - mean) / deviation, np.ones((len(features), 1))])
    penalty = np.eye(rows.shape[1]) * ridge
    penalty[-1, -1] = 0
    solution = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-rows @ solution))
        gradient = rows.T @ (probability - labels) + penalty @ solution
        curvature = (rows * (probability * (1 - probability))[:, None]).T @ rows + penalty
        solution = solution - np.linalg.solve(curvature + np.eye(len(curvature)) * 1e-9, gradient)
    weights = solution[:-1] / deviation
    return LinearModel(weights, float(solution[-1] - weights @ mean))


def cross_validate(features: Matrix, labels: Matrix, ridge: float, seed: int) -> Matrix:
    """Return the probability of each row by a model that was learnt without it and the rest of its fifth."""
    order = np.random.default_rng(seed).permutation(len(labels))
    result = np.zeros(len(labels))
    for fold in range(_FOLDS):
        inside = np.zeros(len(labels), dtype=bool)
        inside[order[fold::_FOLDS]] = True
        result[inside] = learn(features[~inside], labels[~inside], ridge).probabilities(features[inside])
    return result


def score(
    probabilities: Sequence[float] | Matrix, labels: Matrix, threshold: float = 0.5
) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    decided, meant = np.asarray(probabilities) >= threshold, labels > 0.5
    right = float((decided & meant).sum())
    precision, recall = right / max(1.0, float(decided.sum())), right / max(1.0, float(meant.sum()))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)
