"""What a build leaves to people: what the shapes recommend, and printed names that no curated entry has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Graph
from rdflib.term import Node

from loader.errors import ValidationError
from loader.namespaces import BASE
from loader.queries import rows, store_of
from loader.sources.graph_stream import to_triples
from loader.validate import Result, Severity, ValidationReport
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
    first: dict[Node, list[Result]] = field(default_factory=dict)

    def add(self, report: ValidationReport) -> None:
        """Count the warnings of a report. Raises ValidationError for a report with violations."""
        if not report.conforms:
            raise ValidationError(f"nothing was written: the graph breaks its shapes\n{_violations(report)}")
        for result in report.results:
            if result.severity is Severity.WARNING:
                self.counts[result.shape] = self.counts.get(result.shape, 0) + 1
                examples = self.first.setdefault(result.shape, [])
                if len(examples) < _EXAMPLES:
                    examples.append(result)


def tasks(findings: Findings, graph: Graph) -> list[Task]:
    """Return what is left to do: a task for each shape with warnings, and one for the names without an entry."""
    return [*_recommended(findings), *_names(graph)]


def _recommended(findings: Findings) -> Iterator[Task]:
    for shape, results in sorted(findings.first.items()):
        examples = tuple(str(result.focus).removeprefix(BASE) for result in results)
        yield Task(results[0].name("en"), findings.counts[shape], examples, results[0].message("en"))


def _names(graph: Graph) -> Iterator[Task]:
    store = store_of(to_triples(graph))
    known = sorted((text(row, "name") for row in rows(store, "build/names", BASE)), key=lambda name: (-len(name), name))
    entries = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})\w{{0,3}}(?!\w)", re.IGNORECASE)
    wordings = [text(row, "wording") for row in rows(store, "build/wordings", BASE)]
    names = dict.fromkeys(name for wording in wordings for name in _NAME.findall(entries.sub("§", wording)))
    if names:
        yield Task(
            "Names without an entry",
            len(names),
            tuple(names)[:_EXAMPLES],
            "Add them to data/curated/, as labels of an entry or as a new entry with names in nb, nn and en.",
        )


def _violations(report: ValidationReport) -> str:
    violations = [result for result in report.results if result.severity is Severity.VIOLATION]
    lines = [f"  {result.focus}: {result.message('en')}" for result in violations[:_VIOLATIONS]]
    more = [f"  … and {len(violations) - _VIOLATIONS} more"] if len(violations) > _VIOLATIONS else []
    return "\n".join(lines + more)
