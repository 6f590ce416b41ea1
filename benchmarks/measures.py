"""What is measured of peers that run side by side: whether they agree, how long one client waits, how many are served.

Peers are asked by turns, query by query, and the order of turns changes with each round, so that what else the machine
does meets all of them alike.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.answers import Content, Unusable, content
from benchmarks.client import Address, Answer, Client
from benchmarks.mix import Mix, Question, Tag, named
from benchmarks.throughput import AskingError, Rate, asker, by_processes, by_wrk

COMPARED = 3
"""Variations of each query whose answers are compared; those that follow are timed."""
_SMALL_TURNS = 10
"""Variations of a small query per round; of others one."""
_FAILURES = 2
_BUDGET = 30.0
"""After so many failures, or seconds of waiting in all, a peer is not asked that query again."""
_TOO_LONG = 5.0
"""A peer whose answers to a tag's queries take longer than so many seconds on average is spared the load of the tag."""
_RATES_FROM = 1000
"""The first variation that rates are measured with."""


@dataclass(frozen=True)
class Running:
    """A peer that answers."""

    name: str
    address: Address
    process: int


@dataclass(frozen=True)
class Verdict:
    """Whether a peer's answers to a query are those of the first peer, and what they are where they differ."""

    query: str
    peer: str
    outcome: str


@dataclass
class Wait:
    """How long one client waits for a query's answers, each asked for the first time and then again."""

    query: str
    tag: Tag
    peer: str
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    bytes: int = 0
    rows: int = 0
    failed: int = 0

    @property
    def enough(self) -> bool:
        """Whether to ask no more: too many failures or too long waits."""
        return self.failed >= _FAILURES or sum(self.first) + sum(self.again) > _BUDGET


@dataclass(frozen=True)
class Load:
    """A kind of load. `known`: the same few questions again and again, each asked once before."""

    name: str
    tag: Tag
    clients: int
    per_second: int
    """Questions prepared for each second; where more are asked they begin again."""
    known: bool = False
    by_wrk: bool = False


@dataclass(frozen=True)
class Served:
    """The rate at which a peer answered under a load in one round."""

    load: str
    clients: int
    peer: str
    rate: Rate
    begun_again: bool
    """Whether there were too few questions for each to be new."""


LOADS = (
    Load("small, each new", "small", 1, 5000, by_wrk=True),
    Load("small, each new", "small", 8, 8000, by_wrk=True),
    Load("small, known", "small", 8, 8000, known=True, by_wrk=True),
    Load("heavy, each new", "heavy", 8, 800),
    Load("heavy, known", "heavy", 8, 800, known=True),
    Load("export, each new", "export", 8, 80),
    Load("all by turns, each new", "mix", 8, 400),
)
_WARMING = 500
"""Questions for each client that are asked for a second before a load is timed: a server may start what it needs."""
_KNOWN = range(8)
"""The variations that are known where a load is."""


def agreement(mix: Mix, peers: Sequence[Running]) -> Iterator[Verdict]:
    """Each peer's verdict for each query; the first peer's answers are what the others' are compared with."""
    clients = {peer.name: Client(peer.address, seconds=120) for peer in peers}
    for name in mix.kinds:
        questions = [mix.ask(name, variation) for variation in range(COMPARED)]
        expected = [_content(clients[peers[0].name], peers[0].address, question) for question in questions]
        yield Verdict(name, peers[0].name, _first(expected))
        for peer in peers[1:]:
            yield Verdict(name, peer.name, _compared(clients[peer.name], peer.address, questions, expected))
    for client in clients.values():
        client.close()


def _content(client: Client, address: Address, question: Question) -> Content | Unusable:
    answer = _answer(client, address.request(question))
    return content(question, answer) if answer else Unusable("no answer")


def _answer(client: Client, request: bytes) -> Answer | None:
    try:
        return client.ask(request)
    except OSError:
        return None


def _first(answers: Sequence[Content | Unusable]) -> str:
    wrong = [one.reason for one in answers if isinstance(one, Unusable)]
    return wrong[0] if wrong else f"{sum(one.size for one in answers if isinstance(one, Content))} rows"


def _compared(
    client: Client, address: Address, questions: Sequence[Question], expected: Sequence[Content | Unusable]
) -> str:
    """The first thing that is not as expected; nothing further is asked then."""
    for question, expectation in zip(questions, expected, strict=True):
        answer = _content(client, address, question)
        if isinstance(answer, Unusable):
            return answer.reason
        if isinstance(expectation, Content) and answer != expectation:
            return f"differs: {answer.size} rows for {expectation.size}"
    return "same"


def waits(mix: Mix, peers: Sequence[Running], rounds: int, unusable: set[tuple[str, str]]) -> list[Wait]:
    """How long one client waits; what is unusable, told as (query, peer), is not asked."""
    clients = {peer.name: Client(peer.address, seconds=120) for peer in peers}
    by_query = {
        (name, peer.name): Wait(name, kind.tag, peer.name) for name, kind in mix.kinds.items() for peer in peers
    }
    for turn in range(rounds):
        order = [*peers[turn % len(peers) :], *peers[: turn % len(peers)]]
        for question in _round(mix, turn):
            for peer in order:
                wait = by_query[question.name, peer.name]
                if (question.name, peer.name) not in unusable and not wait.enough:
                    _wait(clients[peer.name], peer.address, question, wait)
    for client in clients.values():
        client.close()
    return [wait for wait in by_query.values() if wait.first or wait.failed]


def _round(mix: Mix, turn: int) -> Iterator[Question]:
    for name, kind in mix.kinds.items():
        turns = _SMALL_TURNS if kind.tag == "small" else 1
        start = COMPARED + turn * turns
        yield from (mix.ask(name, variation) for variation in range(start, start + turns))


def _wait(client: Client, address: Address, question: Question, wait: Wait) -> None:
    request = address.request(question)
    first, again = _answer(client, request), _answer(client, request)
    if not first or not again or {first.status, again.status} != {200}:
        wait.failed += 1
        return
    wait.first.append(first.seconds)
    wait.again.append(again.seconds)
    wait.bytes += len(first.body)
    if question.tag == "export":
        answer = content(question, first)
        wait.rows += answer.size if isinstance(answer, Content) else 0


def slow(waits: Sequence[Wait]) -> set[tuple[Tag, str]]:
    """Tag and peer of those whose answers take too long to measure them under load."""
    seconds_of: dict[tuple[Tag, str], list[float]] = {}
    for wait in waits:
        if wait.first:
            seconds_of.setdefault((wait.tag, wait.peer), []).append(median(wait.first))
    return {key for key, seconds in seconds_of.items() if statistics.fmean(seconds) > _TOO_LONG}


@dataclass(frozen=True)
class Effort:
    """How long each load lasts, how many rounds there are, and which peers are spared which tag."""

    rounds: int
    seconds: int
    spared: set[tuple[Tag, str]]


def rates(mix: Mix, peers: Sequence[Running], effort: Effort, say: Callable[[str], None]) -> Iterator[Served]:
    """What each peer does under each load, a round of all peers after the other; no variation is used twice."""
    begin = _RATES_FROM
    tags = {kind.tag for kind in mix.kinds.values()}
    for load in (load for load in LOADS if load.tag in tags or (load.tag == "mix" and len(tags) > 2)):
        say(f"{load.name}, {load.clients} client{'s' if load.clients > 1 else ''} …")
        for turn in range(effort.rounds):
            variations = _KNOWN if load.known else _variations(load, begin, effort.seconds)
            begin = max(begin, variations.stop)
            questions = mix.by_turns(load.tag, variations)
            for peer in [*peers[turn % len(peers) :], *peers[: turn % len(peers)]]:
                if _is_spared(load, peer, effort):
                    continue
                try:
                    yield _serve(load, peer, questions, effort.seconds)
                except AskingError as error:
                    say(f"{peer.name}: not measured: {error}")


def _is_spared(load: Load, peer: Running, effort: Effort) -> bool:
    tags: tuple[Tag, ...] = ("small", "heavy", "export") if load.tag == "mix" else (load.tag,)
    return any((tag, peer.name) in effort.spared for tag in tags)


def _variations(load: Load, start: int, seconds: int) -> range:
    return range(start, start + -(-load.per_second * seconds // len(named(load.tag))))


def _serve(load: Load, peer: Running, questions: list[Question], seconds: int) -> Served:
    if load.known:
        _ask_each(peer.address, questions)
        first, rest = questions, questions
    else:
        warming = min(_WARMING * load.clients, len(questions) // 2)
        first, rest = questions[:warming], questions[warming:]
    by_processes(peer.address, _shares(first, load), 1)
    if load.by_wrk and asker() == "wrk":
        rate = by_wrk(peer.address, rest, load.clients, seconds)
    else:
        rate = by_processes(peer.address, _shares(rest, load), seconds)
    return Served(load.name, load.clients, peer.name, rate, not load.known and rate.requests > len(rest))


def _shares(questions: list[Question], load: Load) -> list[list[Question]]:
    """A share for each client: all from another one on where the questions are known, else a part with all queries."""
    step = len(questions) // load.clients
    if load.known:
        return [questions[step * client :] + questions[: step * client] for client in range(load.clients)]
    return [questions[step * client : step * (client + 1)] for client in range(load.clients)]


def _ask_each(address: Address, questions: Sequence[Question]) -> None:
    client = Client(address, seconds=120)
    for question in questions:
        _answer(client, address.request(question))
    client.close()


def middle(rates: Sequence[Rate]) -> Rate:
    """The rate of the round whose requests per second are the median's."""
    return sorted(rates, key=lambda rate: rate.per_second)[(len(rates) - 1) // 2]


def median(values: Sequence[float]) -> float:
    """The median, NaN of nothing."""
    return statistics.median(values) if values else float("nan")
