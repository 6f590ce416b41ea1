"""The way of links from one thing to another."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from loader.link.checking.link_table import LinkTable

_VISITED = 10_000
"""Nodes that are visited at most; a longer search names no way."""


@dataclass(frozen=True, order=True)
class LinkStep:
    """One link, and the graph that states it."""

    source: str
    predicate: str
    target: str
    graph: str


def find_path(table: LinkTable, one: int, other: int) -> tuple[LinkStep, ...]:
    """Return the links of the shortest way between two nodes; nothing where the search gets too long."""
    before: dict[int, tuple[int, LinkStep | None]] = {one: (one, None)}
    queue = deque([one])
    while queue and other not in before and len(before) < _VISITED:
        node = queue.popleft()
        for number, *link in table.select("around", (node,)):
            if int(number) not in before:
                before[int(number)] = (node, LinkStep(*link))
                queue.append(int(number))
    return _steps(before, other)


def _steps(before: dict[int, tuple[int, LinkStep | None]], node: int) -> tuple[LinkStep, ...]:
    steps: list[LinkStep] = []
    while node in before and (step := before[node][1]) is not None:
        steps.append(step)
        node = before[node][0]
    return tuple(reversed(steps))
