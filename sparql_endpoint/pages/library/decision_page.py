"""The page of one decision: the things side by side, why, what persons answered, and a form to confirm or refuse."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request
from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.conflict_facts import read_advice
from sparql_endpoint.pages.library.decision_facts import name_of, read_facts, read_summary
from sparql_endpoint.pages.library.description import read_description
from sparql_endpoint.pages.library.shared_view import shared
from sparql_endpoint.pages.library.titles import Written
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.store_journal import takes_decisions
from sparql_endpoint.stores.base import Row


def render(view: ResourceView) -> str:
    """Return the page of a decision."""
    decision, labels = view.iri, view.labels
    store = labels.serving.store
    facts, summary = read_facts([decision], store), read_summary(decision, store) or {}
    evidence = facts.evidence.get(decision, ())
    concepts = [summary[name] for name in ("answer", "rule", "kind") if name in summary]
    meanings = read_advice(concepts, labels)
    return render_template(
        "library/decision.html",
        **{**shared(view, read_description([decision], store), "decision_one"), **_heading(view)},
        summary=summary,
        meanings={name: meanings[summary[name]] for name in ("answer", "rule", "kind") if name in summary},
        members=[
            (labels.of(row["member"]) if isinstance(row["member"], NamedNode) else None,
             name_of(row["member"], evidence, labels),
             getattr(row["member"], "value", ""))
            for row in facts.members.get(decision, ())
        ],
        evidence=[_evidence_line(row, labels) for row in evidence],
        answers=[{**row, "answer": labels.of(row["answer"])} for row in facts.answers.get(decision, ())],
        takes_answers=takes_decisions(labels.serving.settings),
        is_noted="noted" in request.args,
    )  # fmt: skip


def _evidence_line(row: Row, labels: Labels) -> Mapping[str, object]:
    return {"feature": labels.of(row["feature"]), "value": getattr(row["value"], "value", "")}


def _heading(view: ResourceView) -> Mapping[str, object]:
    """Return the name of the decision; it is nothing that schema.org or BIBFRAME knows."""
    name = view.labels.of(view.iri)
    return {"heading": Written(name.text, name.language or ""), "other_names": (), "json_addresses": {}}
