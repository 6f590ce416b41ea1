"""A query operation as it will be answered: in which format, and whether the answer stays the same."""

from __future__ import annotations

from dataclasses import dataclass

from sparql_endpoint.http import etags as conditional
from sparql_endpoint.http.formats import DOCUMENTS, RESULTS, Format, negotiate
from sparql_endpoint.protocol.protocol import Query
from sparql_endpoint.sparql import form as sparql
from sparql_endpoint.stores.base import Question


@dataclass(frozen=True)
class Plan:
    """What is asked, how it will be answered, and of which version of the data."""

    question: Question
    form: Format
    version: str
    stable: bool
    """Whether the same question gets the same answer as long as the data is of this version."""

    @property
    def key(self) -> tuple[str, Question, str]:
        """By what the answer is kept."""
        return (self.version, self.question, self.form.name)

    def tag(self, language: str = "") -> str:
        """The name of the answer's bytes, before a coding."""
        asked = self.question
        graphs = ("\x01", *asked.default_graphs, "\x02", *asked.named_graphs)
        return conditional.tag(self.version, asked.text, *graphs, asked.base, self.form.name, language)


def plan(operation: Query, accept: str | None, wanted: str | None, base: str, version: str) -> Plan:
    """How an operation will be answered. Raises QuerySyntaxError, UpdateRefusedError, NotAcceptableError."""
    form = sparql.form(operation.query)
    chosen = negotiate(DOCUMENTS if form.gives_graph else RESULTS, accept, operation.format or wanted)
    question = Question(operation.query, operation.default_graphs, operation.named_graphs, base=base)
    return Plan(question, chosen, version, bool(version) and sparql.is_stable(operation.query))
