"""How well settings decide on labelled pairs, and how their weights are learnt from some."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.logistic_regression import LinearModel, Matrix, cross_validate, learn, score
from benchmarks.pair_files import PairRecords, read_pairs
from loader.cluster.cluster_settings import read_settings

_SEEDS = (1, 2, 3)


def measure_pairs(path: Path, settings: str, console: Console) -> None:
    """Print precision, recall and F1 on a file of labelled pairs."""
    records = PairRecords(read_pairs(path), read_settings(settings))
    decisions = [records.decider.decide(*records.records(pair)).is_same for pair in records.pairs]
    labels = np.array([float(pair.is_same) for pair in records.pairs])
    precision, recall, f1 = score([float(one) for one in decisions], labels)
    console.print(
        f"{len(records.pairs):,} pairs, {int(labels.sum()):,} of them the same, {sum(decisions):,} decided so"
    )
    console.print(f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}", highlight=False)


def learn_weights(path: Path, settings: Path, ridge: float, console: Console) -> None:
    """Write the weights learnt from labelled pairs into a file of settings, and print what cross-validation gives."""
    features, labels = feature_matrix(path, str(settings))
    for seed in _SEEDS:
        precision, recall, f1 = score(cross_validate(features, labels, ridge, seed), labels)
        console.print(f"five folds, seed {seed}: precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}")
    settings.write_text(_with_weights(settings.read_text(encoding="utf-8"), learn(features, labels, ridge)), "utf-8")


def feature_matrix(path: Path, settings: str) -> tuple[Matrix, Matrix]:
    """Return the numbers of the comparisons of each labelled pair, and the labels."""
    records = PairRecords(read_pairs(path), read_settings(settings))
    rows = [[*records.decider.features(*records.records(pair)).values()] for pair in records.pairs]
    return np.array(rows), np.array([float(pair.is_same) for pair in records.pairs])


def _with_weights(text: str, model: LinearModel) -> str:
    """Return a file of settings with other weights, in the order of its comparisons."""
    weights = iter(model.weights)
    head, mark, rest = text.partition("[[comparison]]")
    rest = re.sub(r"^weight = .*$", lambda _: f"weight = {next(weights):.4f}", rest, flags=re.MULTILINE)
    head = re.sub(r"^intercept = .*$", f"intercept = {model.intercept:.4f}", head, flags=re.MULTILINE)
    return head + mark + rest
