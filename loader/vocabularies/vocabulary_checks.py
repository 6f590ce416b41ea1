"""What is wrong between the concepts of a vocabulary, as qSKOS names it (https://github.com/cmader/qSKOS).

Only relations are held in memory: some 300 bytes for each concept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

import pyoxigraph as ox

from loader.vocabularies.concept_cleaning import BROADER, CONCEPT, MATCHES, NARROWER, PREF, RELATED, TYPE

_TOP = {"http://www.w3.org/2004/02/skos/core#topConceptOf", "http://www.w3.org/2004/02/skos/core#hasTopConcept"}
_DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
_CYCLES = 20
"""Cycles that are named; each is opened to look for the next one."""


class VocabularyChecks:
    """Takes the concepts one by one, and says at the end what is wrong between them."""

    def __init__(self) -> None:
        self._concepts: set[str] = set()
        self._labelled: set[str] = set()
        self._retired: set[str] = set()
        self._joined: set[str] = set()
        self._broader: dict[str, set[str]] = {}
        self._referred: dict[str, str] = {}
        self._own: list[str] = []

    def add(self, triples: Sequence[ox.Triple]) -> None:
        """Take the statements of one subject."""
        for triple in triples:
            subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
            self._add_fact(subject, triple)
            if isinstance(triple.object, ox.NamedNode):
                self._add_relation(subject, triple.predicate, triple.object.value)

    def _add_fact(self, subject: str, triple: ox.Triple) -> None:
        if triple.predicate == TYPE and triple.object == CONCEPT:
            self._concepts.add(subject)
        elif triple.predicate == PREF:
            self._labelled.add(subject)
        elif triple.predicate.value == _DEPRECATED:
            self._retired.add(subject)

    def _add_relation(self, subject: str, predicate: ox.NamedNode, target: str) -> None:
        if predicate in {BROADER, NARROWER, RELATED}:
            self._joined |= {subject, target}
            self._referred.setdefault(target, subject)
        elif predicate.value in _TOP:
            self._joined |= {subject, target}
        elif predicate in MATCHES and _namespace(subject) == _namespace(target):
            self._own.append(subject)
        if predicate in {BROADER, NARROWER}:
            low, high = (subject, target) if predicate == BROADER else (target, subject)
            self._broader.setdefault(low, set()).add(high)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the IRI of a concept, in order."""
        yield from (("has no preferred label", iri) for iri in sorted(self._concepts - self._labelled))
        missing = sorted(self._referred.keys() - self._concepts)
        yield from ((f"is referred to (by {self._referred[iri]}) and not there", iri) for iri in missing)
        yield from (("is mapped to a concept of its own vocabulary", iri) for iri in sorted(set(self._own)))
        yield from (("is broader than itself over " + " → ".join(cycle), cycle[0]) for cycle in self._cycles())
        alone = sorted(self._concepts - self._joined - self._retired)
        yield from (("has no relation to any other concept", iri) for iri in alone)

    def _cycles(self) -> Iterator[list[str]]:
        """Yield the cycles of broader concepts, each opened to find the next."""
        broader = {low: set(high) - {low} for low, high in sorted(self._broader.items())}
        for _ in range(_CYCLES):
            try:
                TopologicalSorter(broader).prepare()
            except CycleError as error:
                cycle = [str(each) for each in error.args[1]]
                yield cycle[::-1]
                broader[cycle[1]].discard(cycle[0])
            else:
                return


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
