"""The settings of the three levels: what contradicts at each, and how much each evidence is worth."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loader.cluster.levels.level_evidence import EVIDENCE
from loader.cluster.levels.level_vetoes import VETOES
from nbkg.errors import DataError

LEVELS = ("hub", "work", "instance")
"""From wide to narrow: what is one instance is one work, and what is one work is one hub."""


@dataclass(frozen=True)
class LevelSettings:
    """What a level is decided by."""

    name: str
    vetoes: Sequence[str]
    weights: Mapping[str, float]
    title_weights: Mapping[str, float]
    """The weights of evidence by titles, of which the best one counts."""
    least: float
    """The sum of weights from which on two records are one."""

    @property
    def most(self) -> float:
        """The sum of weights where everything agrees."""
        return max(self.title_weights.values()) + sum(self.weights.values())


@cache
def read_level_settings(name: str = "catalogue") -> tuple[LevelSettings, ...]:
    """Return the settings of the levels, from wide to narrow; a narrow one has the vetoes of the wider ones too."""
    text = files("data").joinpath("cluster-settings", f"{name}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    levels, vetoes = [], list[str]()
    for level in LEVELS:
        vetoes += tables[level]["vetoes"]
        table = tables[level]
        levels.append(LevelSettings(level, tuple(vetoes), table["weights"], table["titles"], table["least"]))
    for settings in levels:
        _check_names(settings, name)
    return tuple(levels)


def _check_names(settings: LevelSettings, name: str) -> None:
    unknown = {*settings.vetoes} - VETOES.keys() | {*settings.weights, *settings.title_weights} - EVIDENCE.keys()
    if unknown:
        known = ", ".join((*VETOES, *EVIDENCE))
        raise DataError(
            f"{settings.name}: unknown {', '.join(sorted(unknown))}; known are {known}", file=f"{name}.toml"
        )
