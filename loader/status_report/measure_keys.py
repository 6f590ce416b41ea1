"""Which measure a row is: the registry of keys once given, and how a reworded or renumbered one is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from rapidfuzz import fuzz
from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.identifiers import slug
from loader.namespaces import DCTERMS, NBKG, RDF, XSD
from loader.status_report.model.report import Row, StatusReport
from loader.status_report.quotes import Triple

_SAME_NUMBER, _SAME = 60.0, 80.0
"""Least likeness, 0 to 100, for a row with the same number and for any other."""
METHOD = (
    f"rapidfuzz ratio of the wordings in lower case ASCII; at least {_SAME:.0f} %,"
    f" or {_SAME_NUMBER:.0f} % with the same number"
)


@dataclass(frozen=True)
class Decision:
    """How one row was recognised as a measure, or found new."""

    key: str
    strategy: str
    issued: date
    score: Decimal
    """Likeness to the nearest wording of any measure, 0 to 1."""
    same: bool
    before: str | None
    after: str


@dataclass(frozen=True)
class Registry:
    """Keys once given, with the wordings seen under them, per strategy."""

    wordings: Mapping[str, Mapping[str, tuple[str, ...]]]
    decisions: tuple[Decision, ...] = ()

    def likeness(self, text: str) -> float:
        """Return how like any wording seen before the text is, 0 to 100."""
        plain = _plain(text)
        known = (w for keys in self.wordings.values() for seen in keys.values() for w in seen)
        return max((fuzz.ratio(plain, _plain(wording)) for wording in known), default=0.0)

    def assign(self, report: StatusReport) -> tuple[tuple[str, ...], Registry]:
        """Return the key of each row, and the registry grown by what this report adds."""
        known = dict(self.wordings.get(report.strategy, {}))
        matched = _match(report.rows, known)
        keys: list[str] = []
        decisions = list(self.decisions)
        assigned = set(known)
        for index, row in enumerate(report.rows):
            key, score, before = matched.get(index, (None, 0.0, None))
            if key is None:
                score, before = _nearest(row, known)
                key = _new_key(row, assigned, report.issued)
            assigned.add(key)
            keys.append(key)
            if known and row.text.text not in known.get(key, ()):
                exact = Decimal(f"{score / 100:.4f}")
                same = index in matched
                decisions.append(Decision(key, report.strategy, report.issued, exact, same, before, row.text.text))
        grown = dict(known)
        for key, row in zip(keys, report.rows, strict=True):
            seen = grown.get(key, ())
            grown[key] = seen if row.text.text in seen else (*seen, row.text.text)
        return tuple(keys), Registry({**self.wordings, report.strategy: grown}, tuple(dict.fromkeys(decisions)))


@cache
def _plain(wording: str) -> str:
    return slug(wording)


def _match(rows: Sequence[Row], known: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, float, str]]:
    """Row index to key, likeness and wording before: the likest pairs first, each key and row once."""
    pairs: list[tuple[float, bool, int, str, str]] = []
    for index, row in enumerate(rows):
        plain = _plain(row.text.text)
        for key, seen in known.items():
            score, wording = max((fuzz.ratio(plain, _plain(wording)), wording) for wording in seen)
            same_number = row.number is not None and key == str(row.number[0])
            if score >= (_SAME_NUMBER if same_number else _SAME):
                pairs.append((score, same_number, index, key, wording))
    matches: dict[int, tuple[str, float, str]] = {}
    used: set[str] = set()
    for score, _, index, key, wording in sorted(pairs, key=lambda p: (-p[0], not p[1], p[2], p[3])):
        if index not in matches and key not in used:
            matches[index] = key, score, wording
            used.add(key)
    return matches


def _nearest(row: Row, known: Mapping[str, tuple[str, ...]]) -> tuple[float, str | None]:
    plain = _plain(row.text.text)
    scored = [(fuzz.ratio(plain, _plain(wording)), wording) for seen in known.values() for wording in seen]
    return max(scored, default=(0.0, None))


def _new_key(row: Row, assigned: set[str], issued: date) -> str:
    """Return the key that the row's number or first words give; a taken one is never given again."""
    words = slug(row.text.text, most=6)
    if row.number:
        candidates = [str(row.number[0]), f"{row.number[0]}-{words}"]
    else:
        page = row.page.first if row.page else "x"
        candidates = [f"{row.part.lower()}-{page}-{words}"]
    candidates += [f"{candidates[-1]}-{issued.isoformat()}"]
    free = [key for key in candidates if key not in assigned]
    return free[0] if free else next(k for n in range(2, 1000) if (k := f"{candidates[-1]}-{n}") not in assigned)


def read_registry(graph: Graph) -> Registry:
    """Return the registry that stands in `data/curated/measures.ttl`."""
    wordings: dict[str, dict[str, tuple[str, ...]]] = {}
    for measure in sorted(graph.subjects(RDF.type, NBKG.Measure), key=str):
        strategy = str(graph.value(measure, NBKG.partOfStrategy)).rpartition("/")[2]
        seen = tuple(sorted(str(wording) for wording in graph.objects(measure, NBKG.wording)))
        if seen:
            wordings.setdefault(strategy, {})[str(graph.value(measure, DCTERMS.identifier))] = seen
    decisions = sorted((_decision(graph, node) for node in graph.subjects(RDF.type, NBKG.IdentityDecision)), key=_order)
    return Registry(wordings, tuple(decisions))


def _order(decision: Decision) -> tuple[date, str, str]:
    return decision.issued, decision.strategy, decision.key


def _decision(graph: Graph, node: URIRef | object) -> Decision:
    subject = URIRef(str(node))
    strategy, key = str(graph.value(subject, NBKG.about)).split("/")[-2:]
    before = graph.value(subject, NBKG.wordingBefore)
    return Decision(
        key,
        strategy,
        date.fromisoformat(str(graph.value(subject, DCTERMS.date))),
        Decimal(str(graph.value(subject, NBKG.score))),
        str(graph.value(subject, NBKG.decision)) == "same",
        str(before) if before else None,
        str(graph.value(subject, NBKG.wordingAfter)),
    )


def registry_triples(registry: Registry) -> Iterator[Triple]:
    """Yield the registry's keys and wordings."""
    for strategy, keys in registry.wordings.items():
        for key, seen in keys.items():
            measure = identifiers.measure(strategy, key)
            yield measure, RDF.type, NBKG.Measure
            yield measure, DCTERMS.identifier, Literal(key)
            yield measure, NBKG.partOfStrategy, identifiers.resource("strategy", strategy)
            yield from ((measure, NBKG.wording, Literal(wording, lang="nb")) for wording in seen)


def decision_triples(registry: Registry) -> Iterator[Triple]:
    """Yield the decisions, with score and method (`graph/decisions`)."""
    for one in registry.decisions:
        node = identifiers.resource("decision", "measure", one.issued.isoformat(), one.key)
        yield node, RDF.type, NBKG.IdentityDecision
        yield node, NBKG.about, identifiers.measure(one.strategy, one.key)
        yield node, NBKG.decidedOn, identifiers.observation(one.issued, one.key)
        yield node, NBKG.decision, Literal("same" if one.same else "new")
        yield node, NBKG.score, Literal(one.score, datatype=XSD.decimal)
        yield node, NBKG.method, Literal(METHOD, lang="en")
        yield node, DCTERMS.date, Literal(one.issued)
        yield node, NBKG.wordingAfter, Literal(one.after, lang="nb")
        if one.before:
            yield node, NBKG.wordingBefore, Literal(one.before, lang="nb")
