"""Where the subfields of each field end in the bytes of a record in MARC-in-JSON, so that others can be put there."""

from __future__ import annotations

import json
import re
from typing import Final

_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_SUBFIELDS_DEPTH: Final = 5
"""How deep the array of subfields is: record, fields, field, its content, subfields."""


def find_array_ends(raw: bytes) -> list[int]:
    """Return the position behind the last subfield of each field that has some, in the order of the document."""
    ends, depth, last = list[int](), 0, 0
    for token in _TOKEN.finditer(raw):
        sign = token.group()
        if sign in (b"{", b"["):
            depth += 1
        elif sign == b"]" and depth == _SUBFIELDS_DEPTH:
            ends.append(last)
        if sign in (b"}", b"]"):
            depth -= 1
        last = token.end()
    return ends


def json_subfield(code: str, value: str) -> bytes:
    """Return a subfield as it stands behind another one."""
    return ("," + json.dumps({code: value}, ensure_ascii=False)).encode()
