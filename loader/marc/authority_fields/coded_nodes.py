"""Codes of MARC 21 as nodes that have a class and the code."""

from __future__ import annotations

from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, EDTF, ID, A
from loader.marc.values.literals import literal, path_segment


def write_code(link: str, kind: str, code: tuple[str, str], into: Projection) -> None:
    """Write a code; `link` is the subject with the property, and `code` the key of the list and the code itself."""
    node = f"{ID}concept/{code[0]}/{path_segment(code[1].lower())}>"
    into.triples += (f"{link} {node}", f"{node} {A} {BF}{kind}>", f"{node} {BF}code> {literal(code[1])}")


def write_date(link: str, date: str, into: Projection) -> None:
    """Write a date in EDTF, where there is one; `link` is the subject with the property."""
    if date:
        into.triples.append(f'{link} "{date}"{EDTF}')
