"""What the blocks of docs/clients.md must print, read from the built graphs without SPARQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox


class Data:
    """The built graphs, read without SPARQL: what the answers are measured by."""

    def __init__(self, file: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)

    def pairs(self, name: str, graph: str | None = "current") -> list[tuple[str, str]]:
        """Subject and object of every statement with the property, in `graph/current` or in any graph, each once."""
        within = ox.NamedNode(f"https://w3id.org/nbkg/graph/{graph}") if graph else None
        quads = self._store.quads_for_pattern(None, ox.NamedNode(_iri(name)), None, within)
        return sorted({(_value(quad.subject), _value(quad.object)) for quad in quads})

    def of(self, name: str, graph: str | None = "current") -> dict[str, str]:
        """The object for each subject; one of them where it has several."""
        return dict(self.pairs(name, graph))

    def kind(self, name: str) -> set[str]:
        """All of a class."""
        return {thing for thing, kind in self.pairs("rdf:type", None) if kind == _iri(name)}

    def named(self, language: str = "nb") -> dict[str, str]:
        """The preferred name of everything in a language."""
        label = ox.NamedNode(_iri("skos:prefLabel"))
        quads = self._store.quads_for_pattern(None, label, None, None)
        return {
            _value(quad.subject): quad.object.value
            for quad in quads
            if isinstance(quad.object, ox.Literal) and quad.object.language == language
        }

    def keys(self) -> dict[str, str]:
        """The key of each measure."""
        return self.of("dcterms:identifier", None)

    def planned(self) -> list[tuple[str, str]]:
        """Each measure with something planned, and the milestone."""
        outcomes = self.of("nbkg:outcome", None)
        return [
            (measure, milestone)
            for measure, milestone in self.pairs("nbkg:milestone")
            if outcomes[milestone].endswith("/planned")
        ]

    def size(self) -> int:
        """How many triples `graph/current` has."""
        within = ox.NamedNode("https://w3id.org/nbkg/graph/current")
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, within))


PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "nbkg": "https://w3id.org/nbkg/ns#",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _statuses(data: Data) -> list[str]:
    counted = Counter(status for _, status in data.pairs("nbkg:statusText"))
    return ["status,measures", *(f"{status},{number}" for status, number in counted.items())]


def _due(data: Data) -> list[str]:
    when, keys = data.of("nbkg:when", None), data.keys()
    earliest, latest = data.of("nbkg:earliest", None), data.of("nbkg:latest", None)
    due = [
        f"{keys[measure]},{when[milestone]}"
        for measure, milestone in data.planned()
        if milestone in when and latest[milestone] >= "2026-01-01" and earliest[milestone] <= "2026-12-31"
    ]
    assert due
    return ["key,when", *due]


def _unit(data: Data) -> list[re.Pattern[str]]:
    name = data.named("en")["https://w3id.org/nbkg/id/unit/tk"]
    told = [
        'skos:notation "TK"',
        '"@id":"https://w3id.org/nbkg/id/unit/tk"',
        "<rdf:RDF",
        f'<https://w3id.org/nbkg/id/unit/tk> <{_iri("skos:prefLabel")}> "{name}"@en .',
    ]
    return [re.compile(re.escape(text)) for text in told]


def _services(data: Data) -> list[re.Pattern[str]]:
    services, names = data.kind("nbkg:Service"), data.named()
    counted = Counter(names[entity] for _, entity in data.pairs("nbkg:concerns") if entity in services)
    most = sorted(counted, key=lambda name: (-counted[name], name))[:5]
    return [re.compile(rf"│ {re.escape(name)} +│ {counted[name]} +│") for name in most]


def _department(data: Data) -> list[str]:
    keys, statuses = data.keys(), data.of("nbkg:statusText")
    answered = [
        measure for measure, unit in data.pairs("nbkg:responsible") if unit == "https://w3id.org/nbkg/id/unit/tk"
    ]
    assert {measure in statuses for measure in answered} == {True, False}
    return [f"{keys[measure]}: {statuses.get(measure, 'not stated')}" for measure in answered]


def _laws(data: Data) -> list[str]:
    laws, names, keys = data.kind("nbkg:Law"), data.named(), data.keys()
    told = [f"{names[law]}: {keys[measure]}" for measure, law in data.pairs("nbkg:concerns") if law in laws]
    department = "https://w3id.org/nbkg/id/unit/tk"
    return [*told, *(f"{language} {data.named(language)[department]}" for language in ("nb", "nn", "en"))]


def _silent(data: Data) -> list[str]:
    silent = data.of("nbkg:text").keys() - data.of("nbkg:comment").keys()
    assert silent
    return [f"{data.size()} triples", *(f"no comment on {measure}" for measure in silent)]


def _closed_by_theme(data: Data) -> list[str]:
    names, broader, status = data.named(), data.of("skos:broader", None), data.of("nbkg:status")

    def closed(measure: str) -> bool:
        concept = status.get(measure, "")
        return "https://w3id.org/nbkg/id/concept/status/lukket" in (concept, broader.get(concept))

    counted = Counter((names[theme], closed(measure)) for measure, theme in data.pairs("nbkg:theme"))
    themes = {theme for theme, _ in counted}
    return ["theme,open,closed", *(f"{theme},{counted[theme, False]},{counted[theme, True]}" for theme in themes)]


def _planned(data: Data) -> list[str]:
    latest = data.of("nbkg:latest", None)
    counted = Counter(latest[milestone][:4] for _, milestone in data.planned() if milestone in latest)
    return ["latest,plans", *(f"{year},{number}" for year, number in counted.items())]


def _workload(data: Data) -> list[str]:
    codes = data.of("skos:notation", None)
    counted = Counter(codes[unit] for _, unit in data.pairs("nbkg:responsible") if unit in codes)
    return ["unit,measures", *(f"{code},{number}" for code, number in counted.items())]


def _partners(data: Data) -> list[str]:
    partners, names, themes = data.kind("org:FormalOrganization"), data.named(), data.of("nbkg:theme")
    return [
        f"{names[themes[measure]]}: {names[partner]}"
        for measure, partner in data.pairs("nbkg:involves")
        if partner in partners and measure in themes
    ]


EXPECTED: dict[str, Callable[[Data], Sequence[str | re.Pattern[str]]]] = {
    "GET: how many measures are in each status?": _statuses,
    "POST: what is due in 2026?": _due,
    "Formats: the same unit in four of them": _unit,
    "Only when it has changed: ETag": lambda _: ["304"],
    "Fewer bytes: compression": lambda _: [re.compile(r"^\d+ +\d+\n$")],
    "The command `nbkg query`": _services,
    "SPARQLWrapper": _department,
    "SPARQLStore: which laws are named, and where?": _laws,
    "A complete graph in memory": _silent,
    "CSV: how many measures are closed in each theme?": _closed_by_theme,
    "JSON: what is planned, by when?": _planned,
    "R": _workload,
    "JavaScript": _partners,
}
"""What the block under each heading must print: all its lines, in any order, or patterns that are found in it."""
