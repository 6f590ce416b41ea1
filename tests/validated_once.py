"""Large graphs are validated once for all processes of a run: pyshacl takes seconds, and many tests build the same."""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from loader.validate.pyshacl_engine import PyshaclEngine
from loader.validate.read import quiet_literals
from nbkg.rdf.rdflib_terms import to_graph, to_oxigraph
from tests.shared_folders import FolderOfRun, made_once

LARGE = 500
"""A graph of fewer triples is validated whenever it is asked for: most tests of shapes and engines have such graphs."""

Validate = Callable[[PyshaclEngine, Graph, Graph], Graph]


def validate_once(factory: FolderOfRun, validate: Validate) -> Validate:
    """Return a validation that gives the report of the same data and the same shapes again."""

    @functools.wraps(validate)
    def validate_or_read(engine: PyshaclEngine, data: Graph, shapes: Graph) -> Graph:
        if len(data) < LARGE:
            return validate(engine, data, shapes)

        def make(folder: Path) -> None:
            report = [ox.Triple(*map(to_oxigraph, triple)) for triple in validate(engine, data, shapes)]  # type: ignore[arg-type]
            (folder / "report").write_bytes(pickle.dumps(report))

        folder = made_once(factory, f"validated-{_digest(data, shapes)}", make)
        with quiet_literals():  # as the engine has it
            return to_graph(pickle.loads((folder / "report").read_bytes()))  # noqa: S301  # of the run itself

    return validate_or_read


def _digest(*graphs: Graph) -> str:
    """Return a digest of the statements, with the names of their blank nodes, which a report repeats."""
    digest = hashlib.sha256()
    for graph in graphs:
        lines = sorted(graph.serialize(format="nt").splitlines())
        digest.update("\n".join([*lines, "", ""]).encode())
    return digest.hexdigest()
