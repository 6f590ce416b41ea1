"""A query that is ready to be executed, and how its result becomes a response."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sparql_endpoint.errors import RequestError
from sparql_endpoint.http.etags import Validators
from sparql_endpoint.http.formats import HTML
from sparql_endpoint.http.preconditions import READS
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.http.response import Representation, Response
from sparql_endpoint.protocol import memento
from sparql_endpoint.protocol.operation import Query
from sparql_endpoint.protocol.query_plan import QueryPlan, plan_query
from sparql_endpoint.services.entity_matching import search_text
from sparql_endpoint.services.lru_cache import RecordedChunks
from sparql_endpoint.services.services import Serving
from sparql_endpoint.sparql.form import has_relative_iris
from sparql_endpoint.sparql.hints import hinting
from sparql_endpoint.sparql.text_service import TextSearch, answer_text_searches
from sparql_endpoint.stores.base import Store


@dataclass(frozen=True)
class PreparedQuery:
    """One query of one request: its plan, the store that answers it, and the headers of what comes back."""

    request: Request
    operation: Query
    plan: QueryPlan
    store: Store
    representation: Representation
    serving: Serving

    @property
    def is_page(self) -> bool:
        """Whether the client wants the result as a page."""
        return self.plan.format is HTML

    def find_response(self) -> Response | None:
        """Return the response where that takes no execution: 304, or a result in the cache; else None."""
        if not_modified := self.representation.find_not_modified(self.request):
            return not_modified
        result = self._find_result()
        return None if result is None else self.representation.respond(self.request, result)

    def execute(self) -> Response:
        """Return the response, executing the query in this thread. Raises what `Store.answer` raises."""
        if not_modified := self.representation.find_not_modified(self.request):
            return not_modified
        with self.hints():
            return self.representation.respond(self.request, self.fetch())

    def fetch(self) -> bytes | Iterable[bytes]:
        """Return the result: one from the cache, or that of the query. Raises what `Store.answer` raises."""
        result = self._find_result()
        return self.keep_result(self.store.answer(self.plan.question, self.plan.format)) if result is None else result

    def respond(self, result: bytes | Iterable[bytes]) -> Response:
        """Return the response with a result, which is put into the cache where it stays the same."""
        return self.representation.respond(self.request, self.keep_result(result))

    def keep_result(self, result: bytes | Iterable[bytes]) -> bytes | Iterable[bytes]:
        """Return a result that goes into the cache where it stays the same: at once, or with the last of its chunks."""
        if isinstance(result, list):
            result = b"".join(result)
        answers = self.serving.answers
        if not self.plan.is_stable or not answers.largest:
            return result
        if not isinstance(result, bytes):
            return RecordedChunks(result, answers, self.plan.key)
        answers.put(self.plan.key, result)
        return result

    def _find_result(self) -> bytes | None:
        answers = self.serving.answers
        return answers.get(self.plan.key) if self.plan.is_stable and answers.largest else None

    def hints(self) -> AbstractContextManager[None]:
        """Give a QuerySyntaxError that is raised within a hint of what may help."""
        return hinting(self.plan.question.text, self.serving.prefixes)


def prepare_query(serving: Serving, request: Request, operation: Query, context: RequestContext) -> PreparedQuery:
    """Return the query, ready to be executed. Raises what `plan_query` raises, and NotFoundError for a release."""
    context.operation = operation.query
    operation = _with_text_searches(serving, operation)
    store = serving.at(operation.as_of)
    base = request.base_url if has_relative_iris(operation.query) else ""
    plan = plan_query(operation, request.headers.get("accept"), base, store.version())
    context.is_stable = plan.is_stable and not operation.as_of
    return PreparedQuery(request, operation, plan, store, _represent(serving, request, operation, plan, store), serving)


def _with_text_searches(serving: Serving, operation: Query) -> Query:
    """Return a query whose text searches are answered. Raises RequestError or StoreUnavailableError."""

    def search(text_search: TextSearch) -> Sequence[tuple[str, float]]:
        if operation.as_of:
            raise RequestError("the search service knows the present data only; leave as-of out")
        return search_text(serving, text_search)

    searched = answer_text_searches(operation.query, f"{serving.settings.base}search", search)
    return replace(operation, query=searched.text, rows=searched.rows) if searched.rows else operation


def _represent(serving: Serving, request: Request, operation: Query, plan: QueryPlan, store: Store) -> Representation:
    """Return what the headers of a result say; one of a release has that release's date."""
    dated: tuple[tuple[str, str], ...] = ()
    if operation.as_of and serving.releases:
        query_string = request.query_string.decode("latin-1") if request.method in READS else ""
        dated = tuple(memento.headers(serving.releases.name(operation.as_of), query_string))
    modified = serving.modified(store) if operation.as_of else store.modified()  # another release may be at that date
    validators = Validators(plan.tag(), modified) if plan.is_stable else Validators()
    return Representation(plan.format.content_type, plan.version, validators, headers=dated)
