"""The mix: queries of a library catalogue, each in as many variations as asked for, with values found in the data.

A query is a file of `queries/`; what it names `$so` is bound to serialised terms. The same data give the same
variations in the same order. A variation is another text than every one before it, as far as the data's values and a
limit above the number of rows can tell them apart: no cache knows the answer.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from benchmarks.library import BF, SKOS

Tag = Literal["small", "heavy", "export", "mix"]
"""Of a query one of the first three; `mix` are all of them by turns."""
ROWS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""The formats of rows and their media types."""
GRAPHS = {
    "ntriples": "application/n-triples",
    "turtle": "text/turtle",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nquads": "application/n-quads",
    "trig": "application/trig",
}
"""The formats of graphs and their media types."""
EXPORTED = 50_000
"""The rows or triples of an export, about, where the data have as many."""

_QUERIES = Path(__file__).parent / "queries"
_SAMPLE = 50_000
_OF_AN_INSTANCE = 7
_UPPER = 43
"""The concepts of the three upper levels: those that have much below them."""


@dataclass(frozen=True)
class Question:
    """A query as it is sent, and the format that its answer is wanted in."""

    name: str
    tag: Tag
    text: str
    format: str
    only_counted: bool = False
    """Whether answers may differ in their rows and only the number of rows is told: LIMIT without ORDER BY."""

    @property
    def media_type(self) -> str:
        """The media type of the format."""
        return ROWS.get(self.format) or GRAPHS[self.format]


@dataclass
class Values:
    """The values of the data that queries ask for, in an order of chance."""

    isbns: list[str] = field(default_factory=list)
    instances: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    narrower: list[str] = field(default_factory=list)
    broad: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    years: Counter[int] = field(default_factory=Counter)


class Mix:
    """The queries over the values of one file: `mix.ask("isbn", 7)` is the eighth ISBN's."""

    def __init__(self, values: Values, tags: Sequence[Tag] = ("small", "heavy", "export")) -> None:
        self._values = values
        self.kinds = {name: kind for name, kind in KINDS.items() if kind.tag in tags}
        """The queries that are asked, by name."""
        self._texts = {file.stem: _without_comments(file.read_text()) for file in sorted(_QUERIES.glob("*.rq"))}

    def ask(self, name: str, variation: int) -> Question:
        """A query's variation, counted from 0."""
        kind = KINDS[name]
        bound = kind.bind(self._values, variation)
        text = re.sub(r"\$(\w+)", lambda match: bound[match[1]], self._texts[kind.query])
        return Question(name, kind.tag, text, kind.format, kind.only_counted)

    def by_turns(self, tag: Tag, variations: range) -> list[Question]:
        """All queries of a tag by turns, in each of the variations."""
        return [self.ask(name, variation) for variation in variations for name in named(tag)]


def read(file: Path, seed: int = 7) -> Values:
    """The values of a file of N-Triples or N-Quads that `library` made."""
    chance = random.Random(seed)  # noqa: S311  # a sample, not a secret
    values, languages = Values(), dict[str, None]()
    drawn = {
        name: _Sample(_SAMPLE, chance) for name in ("isbns", "instances", "agents", "subjects", "narrower", "phrases")
    }
    broad, isbn = set[str](), ""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            if predicate == _ISBN:
                isbn = _literal(rest)
            elif predicate == _YEAR:  # the instance is whole: the last one may be cut short
                drawn["isbns"].add(isbn)
                drawn["instances"].add(subject)
                values.years[int(rest.split('"', 2)[1])] += 1
            elif predicate == _SUBJECT:
                drawn["subjects"].add(rest.split(" ", 1)[0])
            elif predicate == _CREATOR:
                drawn["agents"].add(rest.split(" ", 1)[0])
            elif predicate == _LANGUAGE:
                languages[rest.split(" ", 1)[0]] = None
            elif predicate == _BROADER:
                drawn["narrower"].add(subject)
                broad.add(rest.split(" ", 1)[0])
            elif predicate == _TITLE and "/work" in subject:
                drawn["phrases"].add(_phrase(_literal(rest)))
    for name, sample in drawn.items():
        setattr(values, name, sample.shuffled())
    values.broad, values.languages = sorted(broad)[:_UPPER], list(languages)
    return values


_ISBN, _YEAR, _SUBJECT, _LANGUAGE, _TITLE, _CREATOR = (
    f"<{BF}{name}>" for name in ("isbn", "year", "subject", "language", "mainTitle", "creator")
)
_BROADER = f"<{SKOS}broader>"


class _Sample:
    """A sample of fixed size of a stream of values, each with the same chance (reservoir sampling)."""

    def __init__(self, most: int, chance: random.Random) -> None:
        self._most, self._chance, self._seen = most, chance, 0
        self._values: list[str] = []

    def add(self, value: str) -> None:
        self._seen += 1
        if len(self._values) < self._most:
            self._values.append(value)
        elif (position := int(self._chance.random() * self._seen)) < self._most:
            self._values[position] = value

    def shuffled(self) -> list[str]:
        """The values, each once, in an order of chance."""
        return sorted(dict.fromkeys(self._values), key=lambda _: self._chance.random())


def _literal(rest: str) -> str:
    return rest.split('"', 2)[1]


def _phrase(title: str) -> str:
    return " ".join(title.lower().split()[:2])


def _without_comments(text: str) -> str:
    return "".join(f"{line}\n" for line in text.splitlines() if not line.startswith("#"))


Bound = dict[str, str]


@dataclass(frozen=True)
class _Kind:
    """A query of the mix: which file, how its variables are bound, in which format it is answered."""

    query: str
    tag: Tag
    format: str
    bind: Callable[[Values, int], Bound]
    only_counted: bool = False


def _isbn(values: Values, variation: int) -> Bound:
    isbn, again = _turn(values.isbns, variation)
    return {"isbn": _term(isbn), "limit": str(100 + again)}


def _describe(values: Values, variation: int) -> Bound:
    instance, again = _turn(values.instances, variation)
    return {"instance": instance, "again": str(again)}


def _star(values: Values, variation: int) -> Bound:
    agent, again = _turn(values.agents, variation)
    return {"agent": agent, "limit": str(100_000 + again)}


def _browse(values: Values, variation: int) -> Bound:
    subject, again = _turn(values.subjects, variation)
    further, longer = divmod(again, 10)
    return {"concept": subject, "page": str(20 + longer), "offset": str(20 * (variation % 3) + further)}


def _broader(values: Values, variation: int) -> Bound:
    concept, again = _turn(values.narrower, variation)
    return {"concept": concept, "limit": str(100 + again)}


def _text(values: Values, variation: int) -> Bound:
    phrase, again = _turn(values.phrases, variation)
    return {"word": _term(phrase), "page": str(20 + again)}


def _years(values: Values, variation: int) -> Bound:
    bound, again = _since(values, variation)
    return bound | {"limit": str(1000 + again)}


def _agents(values: Values, variation: int) -> Bound:
    bound, again = _since(values, variation)
    return bound | {"page": str(20 + again)}


def _since(values: Values, variation: int) -> tuple[Bound, int]:
    """A language and one of the 50 years before the 15 last, and how often the pair has had its turn before."""
    language, turn = _turn(values.languages, variation)
    again, position = divmod(turn, 50)
    return {"language": language, "year": str(max(values.years) - 15 - position)}, again


def _narrower(values: Values, variation: int) -> Bound:
    concept, again = _turn(values.broad, variation)
    return {"broad": concept, "limit": str(1 + again)}


def _export(values: Values, variation: int) -> Bound:
    """Years with about as many triples together as an export has; one that alone has more is left out."""
    fit = [year for year in sorted(values.years) if values.years[year] * _OF_AN_INSTANCE <= EXPORTED]
    start = variation * 7 % len(fit)
    return {"years": " ".join(map(str, _enough(fit[start:] + fit[:start], values.years)))}


def _enough(years: Iterable[int], books: Counter[int]) -> Iterator[int]:
    total = 0
    for year in years:
        yield year
        total += books[year] * _OF_AN_INSTANCE
        if total >= EXPORTED:
            return


def _turn(values: Sequence[str], variation: int) -> tuple[str, int]:
    """The value whose turn it is, and how often it has had one before."""
    again, position = divmod(variation, len(values))
    return values[position], again


def _term(value: str) -> str:
    return str(ox.Literal(value))


KINDS = {
    "isbn": _Kind("isbn", "small", "json", _isbn),
    "describe": _Kind("describe", "small", "turtle", _describe),
    "star": _Kind("star", "small", "json", _star),
    "browse": _Kind("browse", "small", "json", _browse),
    "broader": _Kind("broader", "small", "json", _broader),
    "text": _Kind("text", "heavy", "json", _text, only_counted=True),
    "years": _Kind("years", "heavy", "json", _years),
    "narrower": _Kind("narrower", "heavy", "json", _narrower),
    "agents": _Kind("agents", "heavy", "json", _agents),
    **{f"rows-{name}": _Kind("rows", "export", name, _export) for name in ROWS},
    **{f"graph-{name}": _Kind("graph", "export", name, _export) for name in GRAPHS},
}
"""The queries of the mix by name."""


def named(tag: Tag) -> list[str]:
    """The names of the queries of a tag."""
    return [name for name, kind in KINDS.items() if tag in (kind.tag, "mix")]
