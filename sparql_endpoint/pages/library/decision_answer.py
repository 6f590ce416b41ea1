"""What a person answers on the page of a decision, or a program in JSON: checked, and written to the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import werkzeug
from flask import redirect, request
from pyoxigraph import NamedNode

from nbkg.decisions.pair_decision import CONFIRMED, Answer, Decision, Person
from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http.auth import check_permission
from sparql_endpoint.pages.library.decision_facts import read_decision
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.responses import read_request
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.store_journal import record_decisions

_IS_ONE = {"yes": True, "no": False}
_LONGEST = {"name": 200, "note": 2_000}
"""Characters that a name and a reason may have."""


@dataclass(frozen=True)
class SentAnswer:
    """What was sent, without the token."""

    decision: str
    is_one: bool
    name: str
    note: str


def take_answer() -> werkzeug.Response:
    """Write the answer of the request to the journal, and answer 303 to the page of the decision.

    Raises UpdateRefusedError, UnauthorizedError or ForeignOriginError where the sender may not, RequestError for an
    answer that is not complete, NotFoundError for a decision that the data does not have.
    """
    sent = _sent_values()
    token = sent.get("token", "")
    plain = read_request()
    if token:
        plain = replace(plain, headers={**plain.headers, "authorization": f"Bearer {token}"})
    check_permission(plain, serving().settings.decision_token)
    answer = _read_answer(sent)
    decision = read_decision(_node(answer.decision), request_labels())
    if decision is None:
        raise NotFoundError(f"there is no decision <{answer.decision}>")
    is_applied = record_decisions(serving().settings, [_decided(decision, answer)])
    return _to_page(answer.decision, is_applied=is_applied)


def _decided(decision: Decision, answer: SentAnswer) -> Decision:
    when = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    chosen = CONFIRMED[decision.kind] if answer.is_one else Answer.REFUSED
    return replace(decision, answer=chosen, person=Person(answer.name, when), note=answer.note)


def _to_page(iri: str, *, is_applied: bool) -> werkzeug.Response:
    """Return the way to the page of the decision; it says where the data will have the answer only later."""
    address = request_labels().addresses.link(iri) or iri
    more = "" if is_applied else f"{'&' if '?' in address else '?'}noted=1"
    return redirect(address + more, 303)


def _sent_values() -> Mapping[str, str]:
    """Return what a form or a JSON object holds."""
    if not request.is_json:
        return request.form.to_dict()
    members = request.get_json(silent=True)
    if not isinstance(members, dict):
        raise RequestError("the body is no JSON object with “decision”, “answer” and “name”")
    return {str(name): str(value) for name, value in members.items()}


def _read_answer(sent: Mapping[str, str]) -> SentAnswer:
    name, note = (" ".join(sent.get(field, "").split()) for field in ("name", "note"))
    if sent.get("answer") not in _IS_ONE:
        raise RequestError("“answer” is “yes” (the things are one) or “no”")
    if not name:
        raise RequestError("“name” is missing: who answers")
    for field, value in (("name", name), ("note", note)):
        if len(value) > _LONGEST[field]:
            raise RequestError(f"“{field}” has {len(value)} characters; {_LONGEST[field]} are the most")
    return SentAnswer(sent.get("decision", ""), _IS_ONE[sent["answer"]], name, note)


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise RequestError("“decision” is not the IRI of a decision") from error
