"""What a build leaves to people: what the shapes recommend, and printed names that no curated entry has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rdflib import Graph
from rdflib.term import Node

from loader.errors import ValidationError
from loader.namespaces import BASE
from loader.queries import rows, store_of
from loader.sources.graph_stream import to_triples
from loader.validate import Result, Severity, ValidationReport
from nbkg.rdf.rdflib_terms import to_rdflib
from nbkg.rdf.solutions import text

_EXAMPLES = 3
_VIOLATIONS = 20
"""Violations that the error of a build shows."""
_NAME = re.compile(r"(?<=[a-zæøå0-9,;)] )[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)*")
"""Words with capitals inside a sentence: Norwegian writes only names so."""


@dataclass(frozen=True)
class Task:
    """Something that only people can add."""

    name: str
    count: int
    examples: tuple[str, ...]
    advice: str
    """What to add, and where."""


@dataclass
class Findings:
    """The warnings of a build by shape, counted; only a few of each are held."""

    counts: dict[Node, int] = field(default_factory=dict)
    first: dict[Node, list[tuple[Node, Result]]] = field(default_factory=dict)
    observed: set[tuple[Node, Node]] = field(default_factory=set)
    """Shapes with what is observed and counts once, however many observations there are of it."""

    def add(self, report: ValidationReport, observed: Mapping[Node, Node] = MappingProxyType({})) -> None:
        """Count the warnings of a report; `observed` leads from an observation to what it is an observation of.

        Raises ValidationError for a report with violations.
        """
        if not report.conforms:
            raise ValidationError(f"nothing was written: the graph breaks its shapes\n{_violations(report)}")
        for result in report.results:
            subject = observed.get(result.focus, result.focus)
            if result.severity is Severity.WARNING and (result.shape, subject) not in self.observed:
                if subject is not result.focus:
                    self.observed.add((result.shape, subject))
                self.counts[result.shape] = self.counts.get(result.shape, 0) + 1
                examples = self.first.setdefault(result.shape, [])
                if len(examples) < _EXAMPLES:
                    examples.append((subject, result))


def observed_by(graph: Graph) -> dict[Node, Node]:
    """Return observation to what it is an observation of."""
    store = store_of(to_triples(graph))
    return {to_rdflib(row["node"]): to_rdflib(row["observed"]) for row in rows(store, "build/observed", BASE)}


def tasks(findings: Findings, graph: Graph) -> list[Task]:
    """Return what is left to do: a task for each shape with warnings, and one for the names without an entry."""
    return [*_recommended(findings), *_names(graph)]


def _recommended(findings: Findings) -> Iterator[Task]:
    for shape, results in sorted(findings.first.items()):
        examples = tuple(str(subject).removeprefix(BASE) for subject, _ in results)
        _, result = results[0]
        yield Task(result.name("en"), findings.counts[shape], examples, result.message("en"))


def _names(graph: Graph) -> Iterator[Task]:
    names = names_without_entry(graph)
    if names:
        yield Task(
            "Names without an entry",
            len(names),
            tuple(names)[:_EXAMPLES],
            "Add them to data/curated/, as labels of an entry or as a new entry with names in nb, nn and en.",
        )


def names_without_entry(graph: Graph) -> dict[str, tuple[str, str]]:
    """Return the names that no entry has, with the IRI of what says the first of each and with its wording."""
    store = store_of(to_triples(graph))
    known = sorted((text(row, "name") for row in rows(store, "build/names", BASE)), key=lambda name: (-len(name), name))
    entries = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})\w{{0,3}}(?!\w)", re.IGNORECASE)
    names: dict[str, tuple[str, str]] = {}
    for row in rows(store, "build/wordings", BASE):
        for name in _NAME.findall(entries.sub("§", text(row, "wording"))):
            names.setdefault(name, (text(row, "subject"), text(row, "wording")))
    return names


def _violations(report: ValidationReport) -> str:
    violations = [result for result in report.results if result.severity is Severity.VIOLATION]
    lines = [f"  {result.focus}: {result.message('en')}" for result in violations[:_VIOLATIONS]]
    more = [f"  … and {len(violations) - _VIOLATIONS} more"] if len(violations) > _VIOLATIONS else []
    return "\n".join(lines + more)
