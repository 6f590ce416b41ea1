"""The page at `/reconcile`: what the service is, how programs use it, and a form by which a name is tried."""

from __future__ import annotations

from collections.abc import Mapping

import werkzeug
from flask import request

from sparql_endpoint.api.reconcile import service_manifest
from sparql_endpoint.api.reconcile.candidate_search import QueryAnswer, answer_queries
from sparql_endpoint.api.reconcile.candidates_json import write_answers
from sparql_endpoint.api.reconcile.feature_names import documented_features
from sparql_endpoint.api.reconcile.name_lookup import finds_only_names
from sparql_endpoint.api.reconcile.query_batch import MOST_QUERIES, parse_query
from sparql_endpoint.api.reconcile.reconciliation_query import DEFAULT_LIMIT, MOST_CANDIDATES
from sparql_endpoint.pages.frame.page import page


def reconcile_page(fields: Mapping[str, str]) -> werkzeug.Response:
    """Return the page, with the candidates of the name that was typed into its form. Raises StoreError."""
    name, kind = fields.get("name", "").strip(), fields.get("type", "")
    answer = _try(name, kind) if name else {}
    return page(
        "reconcile/service.html",
        service_name=service_manifest.service_name(),
        address=f"{request.url_root}reconcile",
        types=service_manifest.default_types(),
        name=name,
        chosen=kind,
        answer=answer,
        only_names=finds_only_names(),
        features=list(documented_features()),
        limits={"queries": MOST_QUERIES, "batch": service_manifest.BATCH_SIZE, "candidates": MOST_CANDIDATES},
    )


def _try(name: str, kind: str) -> Mapping[str, object]:
    query = parse_query({"query": name, "limit": DEFAULT_LIMIT, **({"type": kind} if kind else {})})
    answers: list[QueryAnswer] = answer_queries([query])
    return write_answers(answers, "candidates")[0]
