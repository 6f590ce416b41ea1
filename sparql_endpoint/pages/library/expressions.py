"""The expressions of a hub: its works by language, with their makers and instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.contributions import RELATORS
from sparql_endpoint.pages.library.editions import Edition, read_editions
from sparql_endpoint.pages.library.label_lists import labels_of, sorted_labels
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Term

_MAKERS = frozenset(f"{RELATORS}{code}" for code in ("trl", "nrt", "drt", "cnd", "prf", "adp", "edt", "sng"))
"""The roles of those who make one expression another than the next."""


@dataclass(frozen=True)
class Expression:
    """One work of a hub: who made it, and its instances, the oldest first."""

    iri: NamedNode
    link: Label
    makers: Sequence[tuple[Label, Label]]
    """Agent and role."""
    contents: Sequence[Label]
    editions: Sequence[Edition]

    @property
    def first_date(self) -> str:
        """Return the date of the oldest instance, or an empty text."""
        return self.editions[0].date if self.editions else ""


@dataclass(frozen=True)
class InLanguage:
    """The expressions in one language, or in several; no languages where none is named."""

    languages: Sequence[Label]
    expressions: Sequence[Expression]


def read_expressions(hub: NamedNode, labels: Labels) -> Sequence[InLanguage]:
    """Return the expressions of a hub by language, the language of the oldest one first."""
    rows = labels.serving.store.select(query("pages/library/expressions"), {"hub": hub})
    by_work = group_values((row["work"], row) for row in rows)
    works = [work for work in by_work if isinstance(work, NamedNode)]
    editions = group_values((edition.work, edition) for edition in read_editions(works, labels))
    groups: dict[tuple[Term, ...], list[Expression]] = {}
    for work in works:
        groups.setdefault(_languages(work, by_work[work]), []).append(_expression(work, by_work, editions, labels))
    collected = [
        InLanguage(labels_of(languages, labels), sorted(group, key=_order)) for languages, group in groups.items()
    ]
    return sorted(collected, key=lambda group: _order(group.expressions[0]))


def _order(expression: Expression) -> tuple[str, str]:
    return expression.first_date or "9999", expression.iri.value


def _languages(work: NamedNode, rows: Sequence[Row]) -> tuple[Term, ...]:
    """Return the languages of the text itself: those of parts, and of the original, are nodes below the work."""
    languages = {row["value"] for row in rows if text(row, "word") == "language"}
    return tuple(sorted((each for each in languages if not str(each).startswith(f"<{work.value}#")), key=str))


def _expression(
    work: NamedNode,
    rows: Mapping[Term, Sequence[Row]],
    editions: Mapping[NamedNode, Sequence[Edition]],
    labels: Labels,
) -> Expression:
    of_work = rows[work]
    makers = {
        (row["value"], row["role"]) for row in of_work if text(row, "word") == "agent" and text(row, "role") in _MAKERS
    }
    contents = {row["value"] for row in of_work if text(row, "word") == "content"}
    return Expression(
        work,
        labels.of(work),
        [(labels.of(agent), labels.of(role)) for agent, role in sorted(makers, key=str)],
        sorted_labels(contents, labels),
        editions.get(work, ()),
    )
