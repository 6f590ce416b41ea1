"""How one query is answered: its dataset, its format, and whether its result stays the same."""

from __future__ import annotations

from dataclasses import dataclass

from sparql_endpoint.http import etags
from sparql_endpoint.http.formats import DOCUMENTS, RESULTS, Format, negotiate
from sparql_endpoint.protocol.operation import Query
from sparql_endpoint.sparql.form import is_stable, parse_form
from sparql_endpoint.stores.base import Question


@dataclass(frozen=True)
class QueryPlan:
    """A query with its dataset, the format of its result, and the version of the data that answers it."""

    question: Question
    format: Format
    version: str
    is_stable: bool
    """Whether the same query gets the same result as long as the data is of this version."""

    @property
    def key(self) -> tuple[str, Question, str]:
        """The key of the result in the cache."""
        return (self.version, self.question, self.format.name)

    def tag(self, language: str = "") -> str:
        """Return the name of the result's bytes before a coding; a page is in a language."""
        question = self.question
        graphs = ("\x01", *question.default_graphs, "\x02", *question.named_graphs)
        rows = (rows for _, rows in question.rows)
        return etags.tag(self.version, question.text, *graphs, *rows, question.base, self.format.name, language)


def plan_query(operation: Query, accept: str | None, base: str, version: str) -> QueryPlan:
    """Return how a query will be answered; `base` is what its relative IRIs are resolved against.

    Raises QuerySyntaxError, UpdateRefusedError or NotAcceptableError.
    """
    query_form = parse_form(operation.query)
    chosen = negotiate(DOCUMENTS if query_form.gives_graph else RESULTS, accept, *operation.formats)
    question = Question(operation.query, operation.default_graphs, operation.named_graphs, False, base, operation.rows)
    return QueryPlan(question, chosen, version, bool(version) and is_stable(operation.query))
