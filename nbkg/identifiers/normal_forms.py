"""The normal forms of numbers, with their check digits: what `nbkg:normalForm` of a register names.

Each function returns the number as its register writes it, or an empty text where a check digit or the form is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from stdnum import isbn, isil, ismn, isni, issn
from stdnum.exceptions import ValidationError
from stdnum.no import orgnr

_LCCN_SERIAL = 6


def _checked(module: Any, form: Callable[[str], str] = str) -> Callable[[str], str]:
    """Return a function that validates by a module of python-stdnum, and gives valid numbers a form."""

    def normal_form(number: str) -> str:
        try:
            return form(module.validate(number))
        except ValidationError:
            return ""

    return normal_form


def _in_fours(number: str) -> str:
    return "-".join(number[start : start + 4] for start in range(0, len(number), 4))


def _lccn(number: str) -> str:
    """Return a normalised LCCN (https://www.loc.gov/marc/lccn-namespace.html): no blanks, suffix or hyphen."""
    start, hyphen, serial = number.partition("/")[0].lower().partition("-")
    return start + serial.zfill(_LCCN_SERIAL) if hyphen else start


def _https(number: str) -> str:
    return f"https://{number.lower()}"


def _ror(number: str) -> str:
    return f"https://ror.org/{number.lower()}"


def _norwegian_urn(number: str) -> str:
    """Return a URN:NBN whose namespace is written in one way; the rest of it keeps its case (RFC 8141 section 3)."""
    return re.sub(r"(?i)^(?:urn:)?nbn:no", "URN:NBN:no", number)


NORMAL_FORMS: Mapping[str, Callable[[str], str]] = {
    "": str,
    "upper": str.upper,
    "lower": str.lower,
    "https": _https,
    "isbn": _checked(isbn, isbn.to_isbn13),
    "isil": _checked(isil),
    "ismn": _checked(ismn, ismn.to_ismn13),
    "isni": _checked(isni),
    "issn": _checked(issn, issn.format),
    "lccn": _lccn,
    "orcid": _checked(isni, _in_fours),
    "orgnr": _checked(orgnr),
    "ror": _ror,
    "urn-nbn": _norwegian_urn,
}
"""By name; ISO 27729 (ISNI, ORCID), ISO 2108 (ISBN), ISO 3297 (ISSN), ISO 10957 (ISMN), ISO 15511 (ISIL)."""
