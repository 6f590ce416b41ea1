"""One subject of a vocabulary as SKOS allows it: what is mended, and what is only reported.

SKOS Reference, https://www.w3.org/TR/skos-reference/, sections 5.4 (labels), 8.4 (relations) and 10.4 (mappings).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import pyoxigraph as ox

from loader.namespaces import OWL, RDF, SKOS

Report = Callable[[str, str], None]
"""Is called with what is wrong and the IRI of the concept."""
_PLACEHOLDER = re.compile(r"[\s*?–-]*")
"""Texts without a word: what people write where a text is still missing."""


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(SKOS[name]))


TYPE, CONCEPT = ox.NamedNode(str(RDF.type)), _node("Concept")
PREF, ALT, HIDDEN, EXACT = map(_node, ("prefLabel", "altLabel", "hiddenLabel", "exactMatch"))
BROADER, NARROWER, RELATED = map(_node, ("broader", "narrower", "related"))
MATCHES = tuple(map(_node, ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")))
_SAME = ox.NamedNode(str(OWL.sameAs))
_RELATIONS = (BROADER, NARROWER, RELATED, *MATCHES)


def clean_subject(triples: Sequence[ox.Triple], report: Report) -> list[ox.Triple]:
    """Return the statements of one subject as they may stand in the data."""
    cleaned = [clean for triple in triples if (clean := _clean(triple, report)) is not None]
    if any(triple.predicate == TYPE and triple.object == CONCEPT for triple in cleaned):
        cleaned = [*_labels(cleaned, report), *_relations(cleaned, report)]
    return cleaned


def _clean(triple: ox.Triple, report: Report) -> ox.Triple | None:
    """Return a statement with its text in order; None for one without a text, and for one of a blank node."""
    iri = _text(triple.subject)
    if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
        report("a statement with a blank node was left out", iri)
        return None
    if not isinstance(triple.object, ox.Literal):
        return triple
    value = triple.object
    text = value.value.replace("\r\n", "\n").strip()
    if _PLACEHOLDER.fullmatch(text):
        report("a text without a word was left out", iri)
        return None
    return triple if text == value.value else ox.Triple(triple.subject, triple.predicate, _with_text(value, text))


def _with_text(value: ox.Literal, text: str) -> ox.Literal:
    return ox.Literal(text, language=value.language) if value.language else ox.Literal(text, datatype=value.datatype)


def _labels(triples: Iterable[ox.Triple], report: Report) -> Iterator[ox.Triple]:
    """Yield the labels: one preferred in each language, each once in one role (S13, S14); the first in order stays."""
    roles = {PREF: 0, ALT: 1, HIDDEN: 2}
    labels = [triple for triple in triples if triple.predicate in roles and isinstance(triple.object, ox.Literal)]
    labels.sort(key=lambda triple: (_language(triple), roles[triple.predicate], _text(triple.object)))
    for _, same in groupby(labels, key=_language):
        yield from _of_language(list(same), report)


def _of_language(labels: Sequence[ox.Triple], report: Report) -> Iterator[ox.Triple]:
    seen = set[str]()
    preferred = next((label for label in labels if label.predicate == PREF), None)
    for label in labels:
        text, subject = _text(label.object), label.subject
        if text in seen:
            report("a label that has another role in the same language was left out", _text(subject))
        elif label.predicate == PREF and label is not preferred:
            report("a second preferred label of a language became an alternative one", _text(subject))
            yield ox.Triple(subject, ALT, label.object)
        else:
            yield label
        seen.add(text)


def _relations(triples: Sequence[ox.Triple], report: Report) -> Iterator[ox.Triple]:
    """Yield the rest: no relation to itself (S27), and no related concept that is a broader one too."""
    above = {triple.object for triple in triples if triple.predicate in {BROADER, NARROWER}}
    for triple in triples:
        if triple.predicate in {PREF, ALT, HIDDEN}:
            continue
        iri = _text(triple.subject)
        if triple.predicate in _RELATIONS and triple.object == triple.subject:
            report("a relation to itself was left out", iri)
        elif triple.predicate == RELATED and triple.object in above:
            report("a related concept that is a broader or narrower one too was left out", iri)
        elif triple.predicate == _SAME:
            report("owl:sameAs of a concept became skos:exactMatch", iri)
            yield ox.Triple(triple.subject, EXACT, triple.object)
        else:
            yield triple


def _language(triple: ox.Triple) -> str:
    return (triple.object.language or "") if isinstance(triple.object, ox.Literal) else ""


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
