"""Whether a graph keeps the rules of `shapes/`: an engine checks, a report tells, renderers show."""

from __future__ import annotations

from rdflib import Graph

from loader.validate import engine as engines
from loader.validate.read import packaged
from loader.validate.results import Report, Result, Severity, read_report

__all__ = ["Report", "Result", "Severity", "validate"]


def validate(data: Graph, *, engine: str = "pyshacl", shapes: Graph | None = None) -> Report:
    """What the shapes find in the data; the shapes are those of the package unless others are given.

    The data is taken as it is, with no inference: add the ontology for subclasses and retired terms to count.
    Raises UsageError for an unknown engine and DataError for shapes that cannot be used.
    """
    checked = packaged("shapes") if shapes is None else shapes
    return read_report(engines.opened(engine).validate(data, checked), checked)
