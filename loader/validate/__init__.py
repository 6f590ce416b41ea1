"""SHACL: an engine checks a graph against the shapes, a report holds the results, renderers print it.

The sources, the build and all rooms above may import it; it imports only names, errors and `nbkg`.
"""

from __future__ import annotations

from rdflib import Graph

from loader.validate.engine import open_engine
from loader.validate.read import packaged
from loader.validate.results import Result, Severity, ValidationReport, read_report

__all__ = ["Result", "Severity", "ValidationReport", "validate"]


def validate(data: Graph, *, engine: str = "pyshacl", shapes: Graph | None = None) -> ValidationReport:
    """Return what the shapes find in the data; the shapes are those of the package where `shapes` is None.

    The data is taken as it is, with no inference: add the ontology for subclasses and retired terms to count.
    Raises UsageError for an unknown engine and DataError for shapes that cannot be used.
    """
    checked = packaged("shapes") if shapes is None else shapes
    return read_report(open_engine(engine).validate(data, checked), checked)
