"""Library-shaped data of any size: BIBFRAME-like works and instances, agents some of whom wrote much, a subject tree.

The same size and seed give the same bytes on every machine: the only source of chance is `random.Random.random`, whose
sequence Python promises to keep. Lines are made one at a time, so that memory does not grow with the size.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000, "50m": 50_000_000}
"""The sizes by name, in triples."""
BASE = "https://library.example/"
BF = "http://id.loc.gov/ontologies/bibframe/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"

_SEED = 1811
_NARROWER = 6
"""Concepts below each concept: 20,000 of them are six levels deep."""
_LANGUAGES = ("nob", "nob", "nob", "nno", "eng", "eng", "swe", "dan", "sme", "ger", "fre")
_FIRST = (
    "Anne Arne Astrid Bjørn Dag Einar Elin Eva Geir Gro Hanne Harald Ingrid Ivar Jon Kari Knut Lars Liv Magnus Mari "
    "Nils Nora Odd Olav Per Ragnhild Sigrid Siri Solveig Stein Sunniva Svein Tor Tove Trond Unni Vigdis Åse Øyvind"
)
_LAST = (
    "Aas Bakke Berg Bråten Dahl Eide Elvestad Fjeld Foss Gran Hagen Haugen Hovland Iversen Johnsen Krog Lie Lund Moen "
    "Myhre Nes Nygård Oksnes Persen Rønning Sand Sara Skog Solberg Strand Sæther Tangen Utsi Vik Wold Ødegård Ås"
)
_HEADS = (
    "arbeids bok by bygde barne dikt elve fiske fjell fjord folke fred gårds hav historie hus høst jord kirke kunst "
    "kyst land lov lys minne musikk natt norges ord reise rett sam samfunns sang sjø skip skog skole sne sommer språk "
    "stats storm strid teater tids tro tre vann vei vinter vår"
)
_TAILS = (
    "atlas arven boka bilder brev drama dagen eventyr forskning frihet fortelling glede hefte håndbok jakt jubileum "
    "kart krøniken leksikon livet lære makt museum møte natten natur opplæring plan politikk reisen rom roman saga "
    "sang sorg spill studier tale teori tiden tradisjon tro utvalg verden verk viser ønsker øyer året"
)
WORDS = [head + tail for tail in _TAILS.split() for head in _HEADS.split()]
_NAMES, FAMILIES = _FIRST.split(), _LAST.split()


def write(path: Path, triples: int, seed: int = _SEED) -> None:
    """Writes exactly so many triples as N-Triples or, where the name ends in .nq, as N-Quads in three graphs."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(islice(statements(triples, seed, quads=path.suffix == ".nq"), triples))
    part.replace(path)


def statements(triples: int, seed: int = _SEED, *, quads: bool = False) -> Iterator[str]:
    """The lines without end: concepts and agents in number as fits the size, then works until nobody asks for more."""
    chance = random.Random(seed)  # noqa: S311  # data, not secrets
    concepts, agents = max(50, triples // 500), max(50, triples // 50)
    parts = {
        "subjects": _concepts(concepts, chance),
        "agents": _agents(agents, chance),
        "works": _works(concepts, agents, chance),
    }
    for graph, part in parts.items():
        end = f" <{BASE}graph/{graph}> .\n" if quads else " .\n"
        for triple in part:
            yield triple + end


def _concepts(total: int, chance: random.Random) -> Iterator[str]:
    for number in range(total):
        concept = f"<{BASE}subject/{number:06d}>"
        yield f"{concept} {RDF_TYPE} <{SKOS}Concept>"
        yield f'{concept} <{SKOS}prefLabel> "{WORDS[number % len(WORDS)]} {number}"@nb'
        yield f'{concept} <{SKOS}notation> "{100 + _below(900, chance)}.{number}"'
        if number:
            yield f"{concept} <{SKOS}broader> <{BASE}subject/{(number - 1) // _NARROWER:06d}>"


def _agents(total: int, chance: random.Random) -> Iterator[str]:
    for number in range(total):
        agent = f"<{BASE}agent/{number:07d}>"
        yield f"{agent} {RDF_TYPE} <{BF}Person>"
        yield f'{agent} {LABEL} "{FAMILIES[_below(len(FAMILIES), chance)]}, {_NAMES[_below(len(_NAMES), chance)]}"'
        yield f'{agent} <{BF}birthYear> "{1800 + _below(205, chance)}"^^{INTEGER}'


def _works(concepts: int, agents: int, chance: random.Random) -> Iterator[str]:
    instances = count()
    for number in count():
        work = f"<{BASE}work/{number:07d}>"
        title = _title(chance)
        yield f"{work} {RDF_TYPE} <{BF}Work>"
        yield f'{work} <{BF}mainTitle> "{title}"@nb'
        yield f"{work} <{BF}language> <{BASE}language/{_LANGUAGES[_below(len(_LANGUAGES), chance)]}>"
        for agent in _some(2, agents, chance):
            yield f"{work} <{BF}creator> <{BASE}agent/{agent:07d}>"
        for concept in _some(3, concepts, chance):
            yield f"{work} <{BF}subject> <{BASE}subject/{concept:06d}>"
        if number and _below(10, chance) == 0:
            yield f"{work} <{BF}expressionOf> <{BASE}work/{_below(number, chance):07d}>"
        for _ in range(1 + _few(3, chance)):
            yield from _instance(next(instances), work, title, chance)


def _instance(number: int, work: str, title: str, chance: random.Random) -> Iterator[str]:
    instance = f"<{BASE}instance/{number:07d}>"
    yield f"{instance} {RDF_TYPE} <{BF}Instance>"
    yield f"{instance} <{BF}instanceOf> {work}"
    yield f'{instance} <{BF}mainTitle> "{title}"@nb'
    yield f'{instance} <{BF}isbn> "{_isbn(number)}"'
    yield f'{instance} <{BF}year> "{2025 - _few(100, chance)}"^^{INTEGER}'
    yield f'{instance} <{BF}publisher> "{FAMILIES[_few(len(FAMILIES), chance)]} forlag"'
    yield f'{instance} <{BF}extent> "{24 + _below(700, chance)} s."@nb'


def _isbn(number: int) -> str:
    """A Norwegian ISBN-13 with its check digit, another for every number below ten million."""
    digits = f"97882{number * 7919 % 10_000_000:07d}"
    odd, even = sum(map(int, digits[::2])), sum(map(int, digits[1::2]))
    return f"{digits}{-(odd + 3 * even) % 10}"


def _title(chance: random.Random) -> str:
    words = [WORDS[_few(len(WORDS), chance)] for _ in range(2 + _below(4, chance))]
    return " ".join(words).capitalize()


def _some(most: int, total: int, chance: random.Random) -> list[int]:
    """One to so many different numbers below the total, the low ones more often."""
    return sorted({_few(total, chance) for _ in range(1 + _below(most, chance))})


def _few(total: int, chance: random.Random) -> int:
    """A number below the total; the first of n is met in one of √n draws."""
    return int(total * chance.random() ** 2)


def _below(total: int, chance: random.Random) -> int:
    return int(total * chance.random())
