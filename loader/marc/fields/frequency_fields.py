"""How often something is, or was, published (310, 321).

https://www.loc.gov/marc/bibliographic/bd310.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.described_parts import iris_of, write_source
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, LABEL, VALUE, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import literal


def _write_current(heading: Heading, into: Projection) -> None:
    """Write 310: the frequency by its IRI, else in words with its dates."""
    iris = iris_of(heading, into)
    if iris and not heading.first("b"):
        _write(iris[0], heading.all("a"), heading, into)
        return
    words = " ".join(map(without_end_mark, heading.all("ab")))
    if not words:
        omit_all(heading, "no-words", into)
        return
    node = part(into.identity.instance, f"frequency-{hashed(heading_key(words))}")
    _write(node, [words], heading, into)
    into.triples += (f"{node} {VALUE} {iri}" for iri in iris)


def _write_former(heading: Heading, into: Projection) -> None:
    """Write 321: a frequency that is no longer so, and when it was."""
    words, dates = heading.all("a"), [without_end_mark(date) for date in heading.all("b")]
    if not words:
        omit_all(heading, "no-words", into)
        return
    node = part(into.identity.instance, f"former-frequency-{hashed(heading_key(' '.join([*words, *dates])))}")
    _write(node, words, heading, into)
    into.triples.append(f'{node} {BF}qualifier> "former"')
    into.triples += (f"{node} {BF}date> {literal(date)}" for date in dates)
    into.triples += (f"{node} {VALUE} {iri}" for iri in iris_of(heading, into))


def _write(node: str, words: list[str], heading: Heading, into: Projection) -> None:
    """Write a frequency with its words, and the list that has them ($2)."""
    into.triples += (f"{into.identity.instance} {BF}frequency> {node}", f"{node} {A} {BF}Frequency>")
    into.triples += (f"{node} {LABEL} {into.text(without_end_mark(text))}" for text in words)
    for source in heading.all("2"):
        write_source(node, source, into)


_DEFINITION: Final = "R 0 1* 2 6 8* a b"
_CONTROL: Final = {"6": "control", "8": "control"}
RULES: tuple[FieldRule, ...] = (
    FieldRule("310", "Current Publication Frequency", _DEFINITION, _write_current, _CONTROL),
    FieldRule("321", "Former Publication Frequency", _DEFINITION, _write_former, _CONTROL),
)
