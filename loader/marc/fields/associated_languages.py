"""Languages of a work by code or by name (377).

https://www.loc.gov/marc/bibliographic/bd377.html
"""

from __future__ import annotations

from loader.marc.fields.described_parts import PartKind
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.language_fields import language_of_list
from loader.marc.fields.projection import Projection
from loader.marc.fields.term_fields import TermField, compile_term_field
from loader.marc.fields.terms import BF, LOC
from loader.marc.values.language_codes import current_language

_NAMES = compile_term_field(
    TermField(
        "377",
        "Associated Language",
        "R 0* 1* 2 3 6 7* 8* a* l*",
        {"l": PartKind("language", "Language")},
        subject="work",
    )
)


def _write_language(heading: Heading, into: Projection) -> None:
    """Write 377: names of languages as terms, and codes of the MARC list or of the one in $2."""
    source = heading.first("2") if heading.ind2 == "7" else ""
    for value in heading.all("a"):
        _write_code(value, source, into)
    used = "a2" if source and heading.first("a") else "a"
    if rest := [each for each in heading.subfields if each[0] not in used]:
        _NAMES.write(heading.with_subfields(rest), into)


def _write_code(value: str, source: str, into: Projection) -> None:
    known = current_language(value)
    if source or known:
        node = language_of_list(value, source, into) if source else f"{LOC}languages/{known}>"
        into.triples.append(f"{into.identity.work} {BF}language> {node}")
    else:
        into.omit("377", "a", "language-code", value)


RULES: tuple[FieldRule, ...] = (
    FieldRule(
        _NAMES.tag,
        _NAMES.name,
        _NAMES.definition,
        _write_language,
        {code: why for code, why in _NAMES.omitted.items() if code != "a"},
    ),
)
