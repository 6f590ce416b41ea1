"""How long batches of names take over HTTP: generated agents in a store, served by `nbkg serve`, asked like OpenRefine.

Names are made of common Norwegian ones, so that there are namesakes as in a real register. Those that are sought are
varied as people write them: in the other order, without æ, ø and å, with initials, with a wrong letter; some are of
nobody.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import urllib3
from rich.console import Console
from rich.table import Table

from benchmarks.processes import free_port, running, wait_for_server
from benchmarks.throughput import percentile

_SEED = 1811
_BF, _SCHEMA, _EDTF = (
    "http://id.loc.gov/ontologies/bibframe/",
    "https://schema.org/",
    "http://id.loc.gov/datatypes/edtf",
)
_LABEL, _TYPE = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_GIVEN_NAMES = """
Anne Kari Ingrid Åse Liv Marit Solveig Bjørg Randi Sigrid Jan Per Bjørn Ole Kjell Arne Knut Svein Tor Øyvind
Håkon Sverre Ragnhild Astrid Gerd Gunnar Einar Olav Magnus Nils Jon Eva Berit Tone Hilde Gro Siv Unni Leif
Rolf Steinar Torstein
"""
_FAMILY_NAMES = """
Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Berg Haugen Hagen Bakke Vik
Lund Moen Strand Solberg Øyen Ås Sæther Bråten Lie Dahl Myhre Ruud Eide Fosse Tveit Nygård Bø Sand Holm Aas
Kvam Rød Skår Heggen Ulvund
"""
_ENDINGS = " e sen stad vik land heim rud bø dal nes li øy set gård mo haug"
"""What many names end with; the first is none."""
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})
_SIZE = 100
"""Names of a batch."""


@dataclass(frozen=True)
class Agent:
    """A person as the store has one."""

    number: int
    family: str
    given: str
    year: int

    @property
    def name(self) -> str:
        """The name as it is the heading."""
        return f"{self.family}, {self.given}"

    def quads(self) -> str:
        """The statements about the person, as N-Quads."""
        iri = f"<https://w3id.org/nbkg/id/agent/x-{self.number}>"
        values = (
            (_TYPE, f"<{_BF}Person>"),
            (_LABEL, f'"{self.name}"'),
            (f"{_SCHEMA}birthDate", f'"{self.year}"^^<{_EDTF}>'),
        )
        return "".join(f"{iri} <{prop}> {value} <https://w3id.org/nbkg/graph/x> .\n" for prop, value in values)


def generate_agents(count: int) -> Iterator[Agent]:
    """Yield persons, of whom a few in a hundred have a namesake; the same ones for the same count."""
    chance = random.Random(_SEED)  # noqa: S311  # data, not secrets
    given_names, family_names, endings = _GIVEN_NAMES.split(), _FAMILY_NAMES.split(), _ENDINGS.split(" ")
    for number in range(count):
        family = chance.choice(family_names) + chance.choice(endings)
        family = f"{family}-{chance.choice(family_names)}" if chance.random() < 0.15 else family
        given = " ".join(chance.sample(given_names, chance.choice((1, 1, 2, 2, 3))))
        yield Agent(number, family, given, chance.randint(1750, 2000))


def vary(agent: Agent, chance: random.Random) -> str:
    """Return the name as somebody may write it."""
    given, first = agent.given.split(), agent.given[0]
    cut = chance.randrange(1, len(agent.family))
    return chance.choice(
        (
            agent.name,
            f"{agent.given} {agent.family}",
            agent.name.translate(_PLAIN),
            f"{agent.family}, {first}. {' '.join(given[1:])}".strip(),
            f"{agent.family}, {agent.given}, {agent.year}-",
            f"{agent.family[:cut]}{agent.family[cut + 1 :]}, {agent.given}",
            f"{agent.family.upper()}, {agent.given.upper()}",
            f"{agent.family}sson, {agent.given[::-1].title()}",
        )
    )


def run(count: int, batches: int, work: Path, console: Console) -> None:
    """Load agents, serve them, send batches of varied names one after the other, and print how long each takes."""
    agents = list(generate_agents(count))
    work.mkdir(parents=True, exist_ok=True)
    file, store, port = work / "agents.nq", work / f"agents-{count}", free_port()
    file.write_text("".join(agent.quads() for agent in agents), encoding="utf-8")
    nbkg = [sys.executable, "-m", "loader.cli"]
    subprocess.run([*nbkg, "load", str(store.resolve()), str(file.resolve())], check=True, stdout=subprocess.DEVNULL)
    options = ["--port", str(port), "--cache", "0", "--client-requests", "0"]
    with running([*nbkg, "serve", *options, str(store.resolve())], work.resolve() / "serve.log"):
        waits = {kind: _measure(port, kind, agents, batches) for kind in ("names only", "with type and year")}
    table = Table("batches of 100", "p50, ms", "p95", "most", "matched of 100", title=f"{count:,} agents")
    for kind, (seconds, matched) in waits.items():
        figures = (statistics.median(seconds), percentile(seconds, 0.95), max(seconds))
        table.add_row(kind, *(f"{one * 1000:.0f}" for one in figures), f"{matched:.0f}")
    console.print(table)


def _measure(port: int, kind: str, agents: Sequence[Agent], batches: int) -> tuple[list[float], float]:
    """Return the seconds of each batch, and how many names of a batch had a match on the average."""
    chance = random.Random(_SEED)  # noqa: S311  # data, not secrets
    seconds, matched = list[float](), 0
    with urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, retries=False) as pool:
        wait_for_server(pool)
        for _ in range(batches):
            queries = {f"q{number}": _query(chance.choice(agents), kind, chance) for number in range(_SIZE)}
            began = time.perf_counter()
            answer = pool.request("POST", "/reconcile", fields={"queries": json.dumps(queries)}, encode_multipart=False)
            seconds.append(time.perf_counter() - began)
            matched += sum(any(one["match"] for one in each["result"]) for each in answer.json().values())
    return seconds[1:], matched / batches


def _query(agent: Agent, kind: str, chance: random.Random) -> dict[str, object]:
    query: dict[str, object] = {"query": vary(agent, chance)}
    if kind == "names only":
        return query
    return {**query, "type": f"{_BF}Person", "properties": [{"pid": f"{_SCHEMA}birthDate", "v": str(agent.year)}]}
