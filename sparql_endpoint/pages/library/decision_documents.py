"""Decisions as JSON, CSV and ActivityStreams 2 (https://www.w3.org/TR/activitystreams-core/)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.decision_facts import DecisionFacts, key_of
from sparql_endpoint.stores.base import Row, Term

COLUMNS = ("decision", "kind", "answer", "rule", "score", "things", "decided_by", "decided_on", "note")
_ACTIVITIES = {"proposed": "Offer", "refused": "Reject"}
"""The type of the activity by the answer; to link or join is to accept."""


@dataclass(frozen=True)
class CollectionPart:
    """A part of the list as a page of a collection: addresses, and how many decisions there are in all."""

    address: str
    part: str
    total: int
    previous: str
    next: str
    is_part: bool
    """Whether the part is asked for, and not the collection."""


def to_json(rows: Sequence[Row], facts: DecisionFacts) -> str:
    """Return decisions as JSON."""
    return json.dumps({"decisions": [_members(row, facts) for row in rows]}, ensure_ascii=False, indent=1) + "\n"


def to_csv(rows: Sequence[Row], facts: DecisionFacts) -> str:
    """Return decisions as CSV (RFC 4180), a row for each; things are parted by blanks."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for row in rows:
        members, person = _member_names(row["decision"], facts), _newest(row["decision"], facts)
        about = (text(person, "person"), text(person, "time"), text(person, "note"))
        own = (
            text(row, "decision"),
            key_of(row["kind"]),
            key_of(row["answer"]),
            key_of(row["rule"]),
            text(row, "score"),
        )
        writer.writerow((*own, " ".join(members), *about))
    return output.getvalue()


def to_activities(rows: Sequence[Row], facts: DecisionFacts, part: CollectionPart) -> str:
    """Return the collection of decisions, or a page of it with an activity for each."""
    head: dict[str, object] = {"@context": "https://www.w3.org/ns/activitystreams"}
    body = _page(rows, facts, part) if part.is_part else _collection(part)
    return json.dumps({**head, **body}, ensure_ascii=False, indent=1) + "\n"


def _collection(part: CollectionPart) -> Mapping[str, object]:
    first = {"type": "OrderedCollectionPage", "id": part.part}
    return {"type": "OrderedCollection", "id": part.address, "totalItems": part.total, "first": first}


def _page(rows: Sequence[Row], facts: DecisionFacts, part: CollectionPart) -> Mapping[str, object]:
    ways = {name: address for name, address in (("prev", part.previous), ("next", part.next)) if address}
    return {
        "type": "OrderedCollectionPage",
        "id": part.part,
        "partOf": part.address,
        "totalItems": part.total,
        **ways,
        "orderedItems": [_activity(row, facts) for row in rows],
    }


def _activity(row: Row, facts: DecisionFacts) -> Mapping[str, object]:
    person, answer = _newest(row["decision"], facts), key_of(row["answer"])
    actor = {"type": "Person", "name": text(person, "person")} if person else {"type": "Service", "name": "nbkg"}
    published = {"published": text(person, "time")} if person else {}
    return {
        "type": _ACTIVITIES.get(answer, "Accept"),
        "actor": actor,
        **published,
        "summary": answer,
        "object": {
            "type": "Relationship",
            "id": text(row, "decision"),
            "subject": _member_names(row["decision"], facts),
        },
    }


def _members(row: Row, facts: DecisionFacts) -> Mapping[str, object]:
    decision = row["decision"]
    return {
        "iri": text(row, "decision"),
        **{name: key_of(row[name]) for name in ("kind", "answer", "rule")},
        "score": float(text(row, "score")) if "score" in row else None,
        "things": _member_names(decision, facts),
        "evidence": [[key_of(one["feature"]), text(one, "value")] for one in facts.evidence.get(decision, ())],
        "answers": [
            {"answer": key_of(one["answer"]), **{name: text(one, name) or None for name in ("person", "time", "note")}}
            for one in facts.answers.get(decision, ())
        ],
    }


def _member_names(decision: Term, facts: DecisionFacts) -> list[str]:
    return [text(row, "member") for row in facts.members.get(decision, ())]


def _newest(decision: Term, facts: DecisionFacts) -> Row:
    answers = facts.answers.get(decision, ())
    return answers[-1] if answers else {}
