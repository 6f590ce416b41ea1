"""Our BIBFRAME beside that of the Library of Congress, entity by entity, with a reason for each kind of difference."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.oracle_pairs import Pair, pair_files, read_pairs
from benchmarks.oracle_values import KINDS, values_of

VERDICTS = ("better", "choice", "equal", "peer", "missing")


@dataclass(frozen=True)
class Reason:
    """Why values of some kinds are in one conversion only."""

    verdict: str
    why: str
    kinds: frozenset[str]
    side: str
    pattern: re.Pattern[str]

    def explains(self, kind: str, side: str, value: str) -> bool:
        """Return whether it is the reason for a difference."""
        return kind in self.kinds and self.side in {"", side} and bool(self.pattern.search(value))


@dataclass
class Comparison:
    """How many values are in both conversions and in one only, and why."""

    records: int = 0
    both: Counter[str] = field(default_factory=Counter)
    peer: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)
    unexplained: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Kind, side, value and record of differences without a reason."""

    def add(self, pair: Pair) -> None:
        """Compare one record."""
        self.records += 1
        for kind in KINDS:
            peer, own = values_of(kind, pair.peer), values_of(kind, pair.own)
            self.both[kind] += len(peer & own)
            self.peer[kind] += len(peer - own)
            self.own[kind] += len(own - peer)
            self._explain(kind, "peer", sorted(peer - own), pair.name)
            self._explain(kind, "own", sorted(own - peer), pair.name)

    def share(self, kind: str) -> float:
        """Return how much of what the Library of Congress has of a kind we have too."""
        total = self.both[kind] + self.peer[kind]
        return self.both[kind] / total if total else 1.0

    def _explain(self, kind: str, side: str, values: Iterable[str], record: str) -> None:
        for value in values:
            reason = next((each for each in read_reasons() if each.explains(kind, side, value)), None)
            if reason:
                self.reasons[reason] += 1
            else:
                self.unexplained.append((kind, side, value, record))


@cache
def read_reasons() -> tuple[Reason, ...]:
    """Return the reasons of `oracle_reasons.toml`, in their order."""
    text = Path(__file__).with_name("oracle_reasons.toml").read_text(encoding="utf-8")
    return tuple(_reason(**each) for each in tomllib.loads(text)["reason"])


def _reason(kinds: list[str], verdict: str, why: str, side: str = "", pattern: str = "") -> Reason:
    return Reason(verdict, why, frozenset(kinds), side, re.compile(pattern))


def compare(folder: Path, every: int = 1) -> Comparison:
    """Return the comparison of each so-and-so-many-th record of the pairs in a folder."""
    comparison = Comparison()
    for marc, bibframe in pair_files(folder):
        for pair in read_pairs(marc, bibframe, every):
            comparison.add(pair)
    return comparison


def run(folder: Path, every: int, console: Console) -> None:
    """Print what is in both conversions and in one only, and why. Raises ValueError for a folder without pairs."""
    if not pair_files(folder):
        raise ValueError(f"{folder} has no bibframe_pairs_*")
    comparison = compare(folder, every)
    table = Table("kind", "in both", "theirs only", "ours only", "of theirs", title=f"{comparison.records} records")
    for kind in KINDS:
        counts = (comparison.both[kind], comparison.peer[kind], comparison.own[kind])
        table.add_row(kind, *map(str, counts), f"{comparison.share(kind):.0%}")
    console.print(table)
    for line in reason_lines(comparison):
        console.print(line, markup=False)
    for difference in comparison.unexplained:
        console.print("no reason:", *difference, markup=False)


def reason_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the reasons that explain something as rows of Markdown, those of a verdict together."""
    for verdict in VERDICTS:
        for reason in read_reasons():
            if reason.verdict == verdict and comparison.reasons[reason]:
                kinds = ", ".join(kind for kind in KINDS if kind in reason.kinds)
                yield f"| {verdict} | {comparison.reasons[reason]} | {kinds} | {reason.why} |"
