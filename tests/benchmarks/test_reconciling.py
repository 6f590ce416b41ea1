"""The persons that the benchmark of the reconciliation service makes."""

from __future__ import annotations

import random

import pyoxigraph as ox

from benchmarks.reconciling import generate_agents, vary


def test_the_same_persons_are_made_each_time_and_a_few_are_namesakes() -> None:
    agents = list(generate_agents(2_000))
    assert agents == list(generate_agents(2_000))
    assert agents[:500] == list(generate_agents(500))
    assert 1 < len(agents) - len({agent.name for agent in agents}) < 600


def test_each_has_a_type_a_name_and_a_year() -> None:
    quads = list(ox.parse("".join(agent.quads() for agent in generate_agents(20)), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == 60


def test_names_are_varied_in_the_same_way_each_time() -> None:
    agents = list(generate_agents(200))
    first, second = ([vary(agent, random.Random(1)) for agent in agents] for _ in range(2))  # noqa: S311  # no secrets
    assert first == second
    chance = random.Random(1)  # noqa: S311  # no secrets
    assert len({vary(agents[0], chance) for _ in range(60)}) > 5
