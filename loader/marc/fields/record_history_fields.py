"""How a record came to be, and what came along from other formats (066, 882–887).

https://www.loc.gov/marc/bibliographic/bd841885.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from loader.marc.fields.control_fields import agency
from loader.marc.fields.described_parts import digest, write_locator, write_note, write_source
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, EDTF, LABEL, SAME_AS, A
from loader.marc.values.compact_dates import read_compact_date
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import address, literal


def _write_process(heading: Heading, into: Projection) -> None:
    """Write 883 and 884: the process that made (a part of) the record, when, by whom, how sure, and from what."""
    record = into.identity.record
    node = part(record, f"process-{digest(*(f'{code}{value}' for code, value in heading.subfields))}")
    into.triples += (f"{record} {BF}generationProcess> {node}", f"{node} {A} {BF}GenerationProcess>")
    for code, value in heading.subfields:
        _OF_PROCESS[code](node, heading.tag, value, into)


def _write_label(node: str, _tag: str, value: str, into: Projection) -> None:
    into.triples.append(f"{node} {LABEL} {into.text(without_end_mark(value))}")


def _write_source_code(node: str, _tag: str, value: str, into: Projection) -> None:
    into.triples.append(f"{node} {BF}code> {literal(value)}")


def _write_maker(node: str, _tag: str, value: str, into: Projection) -> None:
    into.triples.append(f"{node} {BF}agent> {agency(value, into)}")


def _write_confidence(node: str, _tag: str, value: str, into: Projection) -> None:
    into.triples.append(f"{node} {BF}qualifier> {literal(f'confidence {value}')}")


def _write_date(node: str, tag: str, value: str, into: Projection) -> None:
    if date := read_compact_date(value):
        into.triples.append(f'{node} {BF}date> "{date}"{EDTF}')
    else:
        into.omit(tag, "d" if tag == "883" else "g", "date-not-read", value)


def _write_zero(node: str, tag: str, value: str, into: Projection) -> None:
    _write_iri(node, tag, "0", value, into)


def _write_one(node: str, tag: str, value: str, into: Projection) -> None:
    _write_iri(node, tag, "1", value, into)


def _write_iri(node: str, tag: str, code: str, value: str, into: Projection) -> None:
    """Write the IRI of a process ($0, $1)."""
    if iri := address(value.removeprefix("(uri)")):
        into.triples.append(f"{node} {SAME_AS} {iri}")
    else:
        into.omit(tag, code, "iri", value)


_OF_PROCESS: dict[str, Callable[[str, str, str, Projection], None]] = {
    "a": _write_label,
    "u": write_locator,
    "k": _write_source_code,
    "q": _write_maker,
    "d": _write_date,
    "g": _write_date,
    "c": _write_confidence,
    "0": _write_zero,
    "1": _write_one,
}


def _omit(reason: str) -> Callable[[Heading, Projection], None]:
    """Return what omits all subfields of a field."""

    def write(heading: Heading, into: Projection) -> None:
        omit_all(heading, reason, into)

    return write


def _write_foreign(heading: Heading, into: Projection) -> None:
    """Write 886 and 887: what another format says, in words and as it was there, on the record.

    In 886 tag and indicators of the other format stand in the first $a and $b; $2 names the format.
    """
    subfields = [(code, value) for code, value in heading.subfields if code != "2"]
    signs = subfields[:2] if heading.tag == "886" else []
    words = " ".join(value for _code, value in subfields[len(signs) :])
    if not words:
        omit_all(heading, "no-words", into)
        return
    tag = " ".join(value for _code, value in signs)
    node = write_note(into.identity.record, f"=foreign field {tag}".rstrip(), words, into)
    for source in heading.all("2"):
        write_source(node, source, into)


_EVERY: Final = (
    "0* 1* 2* 3* 4* 5* 6* 7* 8* 9* a* b* c d e* f* g* h* i* j* k* l* m* n* o* p* q* r* s* t* u* v* w* x* y* z*"
)
RULES: tuple[FieldRule, ...] = (
    FieldRule("066", "Character Sets Present", "R a b c*", _omit("processing")),
    FieldRule("882", "Replacement Record Information", "NR 6 8* a* i* w*", _omit("processing")),
    FieldRule(
        "883",
        "Metadata Provenance",
        "R 0* 1* 8* a c d q u w* x",
        _write_process,
        {"8": "control", **dict.fromkeys("wx", "no-subfield-rule")},
    ),
    FieldRule("884", "Description Conversion Information", "R a g k q u*", _write_process),
    FieldRule("885", "Matching Information", "R 0* 1* 2 5 a b c d w* x* z*", _omit("processing")),
    FieldRule("886", "Foreign MARC Information Field", f"R {_EVERY}", _write_foreign),
    FieldRule("887", "Non-MARC Information Field", "R 2 a", _write_foreign),
)
