"""The reference engine, pyshacl (https://github.com/RDFLib/pySHACL)."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import pyshacl
import pyshacl.helper
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from loader.namespaces import SH
from loader.validate.read import quiet_literals
from nbkg.errors import DataError

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
Namespaces = tuple[tuple[str, str], ...]


class PyshaclEngine:
    """SHACL Core and SHACL-SPARQL without inference; the ontology is part of the data it is given."""

    def validate(self, data: Graph, shapes: Graph) -> Graph:
        """Return the validation report of pyshacl. Raises DataError for shapes that it cannot use."""
        graph = _Prepared(store=data.store, identifier=data.identifier)
        log = logging.getLogger("pyshacl-validate")
        with quiet_literals():
            try:
                _, report, text = pyshacl.validate(graph, shacl_graph=_flattened(frozenset(shapes)), inference="none")
            except (ReportableRuntimeError, ParseException) as error:
                raise DataError(f"the shapes cannot be used: {error}") from error
            finally:
                log.handlers.clear()
        if not isinstance(report, Graph):  # a failure is handed back, not raised
            raise DataError(f"the shapes cannot be used: {text}")
        return report


class _CheckedOnce(SPARQLQueryHelper):
    """Checks once that a constraint's query holds nothing forbidden.

    pyshacl checks it for each focus node, which took 30 % of the time of a validation of all our graphs.
    """

    def check_invalid_sparql(self, sparql_text: str, valuenode: Node | None = None, extravars: Any = None) -> bool:
        checked = (sparql_text, valuenode is None, frozenset(extravars or ()))
        if checked != getattr(self, "_checked", None):
            super().check_invalid_sparql(sparql_text, valuenode, extravars)  # type: ignore[no-untyped-call]
            self._checked = checked
        return True


pyshacl.helper.SPARQLQueryHelperCls = _CheckedOnce  # type: ignore[attr-defined]  # where pyshacl looks for its class


class _Prepared(Graph):
    """The same statements as another graph, but each query text is parsed once.

    pyshacl runs each query anew for each focus node, and rdflib takes longer to parse a query than to answer it.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        if isinstance(query_object, str):
            prefixes = kwargs.get("initNs") or {}
            query_object = _prepared(query_object, tuple(sorted((k, str(v)) for k, v in prefixes.items())))
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=256)
def _prepared(text: str, prefixes: Namespaces) -> Query:
    return prepareQuery(text, initNs=dict(prefixes))


@lru_cache(maxsize=4)
def _flattened(statements: frozenset[tuple[Node, Node, Node]]) -> Graph:
    """Return the same shapes, but a property shape has the targets of the node shape that it is part of.

    The results are the same: pyshacl checks a shape with targets once for all focus nodes, a part once for each.
    Kept, for batches of records are validated by the same shapes: 40 of 100 ms that those of the project cost each.
    """
    shapes, flat = Graph(), Graph()
    shapes += statements
    flat += statements
    for shape, part in list(shapes.subject_objects(SH.property)):
        targets = [(p, o) for p in _TARGETS for o in shapes.objects(shape, p)]
        if not targets or (None, None, shape) in shapes or (shape, SH.deactivated, None) in shapes:
            continue
        if any(
            (sibling, SH.qualifiedValueShapesDisjoint, None) in shapes for sibling in shapes.objects(shape, SH.property)
        ):
            continue  # what they demand of each other is lost where they are separate
        flat.remove((shape, SH.property, part))
        for predicate, value in targets:
            flat.add((part, predicate, value))
    return flat
