"""Concepts as nodes: by a number of their vocabulary, else by their heading within the source and vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loader.marc.fields.name_headings import write_number
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, ID, LABEL, SKOS, A
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.literals import path_segment
from loader.marc.values.remembered import remember

_CONCEPTS: Final[dict[tuple[str, str, str, str, str], tuple[str, list[str]]]] = {}
"""Concepts and what is said of them, by source, class, heading, vocabulary and language."""
_REMEMBERED: Final = 1 << 14


def write_concept(kind: str, text: str, scheme: str, numbers: Sequence[AuthorityNumber], into: Projection) -> str:
    """Write a concept and return its node; the number of the heading's own vocabulary names it, others are links."""
    named = next((each for each in numbers if each.scheme and (each.scheme == scheme or not scheme)), None)
    if named is None:
        node = write_named_concept(kind, text, scheme, into)
    else:
        node = f"{ID}concept/{named.scheme}/{path_segment(named.number)}>"
        into.triples.extend(_concept_triples(node, kind, into.text(text), named.scheme))
    for number in numbers:
        _write_match(node, number, is_own=number is named, into=into)
    into.named = node
    return node


def _write_match(node: str, number: AuthorityNumber, *, is_own: bool, into: Projection) -> None:
    """Write that a concept has a number: of its own vocabulary, or a close match in another one."""
    if not number.scheme and not number.iri:
        write_number(node, number, into)
    elif number.iri:
        into.triples.append(f"{node} {SKOS}{'exactMatch' if is_own else 'closeMatch'}> {number.iri}")
    elif not is_own:
        into.triples.append(f"{node} {SKOS}closeMatch> {ID}concept/{number.scheme}/{path_segment(number.number)}>")


def write_named_concept(kind: str, text: str, scheme: str, into: Projection) -> str:
    """Write a concept that its heading names: the same few come in many records, and this is 5 % of a mapping."""
    key = (into.source, kind, text, scheme, into.language)
    known = _CONCEPTS.get(key)
    if known is None:
        node = into.scoped("concept", f"{path_segment(scheme or 'uncontrolled')}/{hashed(kind, heading_key(text))}")
        known = remember(_CONCEPTS, key, (node, _concept_triples(node, kind, into.text(text), scheme)), _REMEMBERED)
    node, triples = known
    into.triples.extend(triples)
    return node


def _concept_triples(node: str, kind: str, label: str, vocabulary: str) -> list[str]:
    """Return what every heading says of a concept."""
    triples = [f"{node} {A} {BF}{kind}>", f"{node} {LABEL} {label}"]
    if vocabulary:
        triples.append(f"{node} {SKOS}inScheme> {ID}concept/{path_segment(vocabulary)}>")
    return triples
