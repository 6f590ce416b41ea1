"""What the fields of a record say of its format and kind, where the leader does not say it."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNIMARC = "unimarc"
_OF_UNIMARC = {"200", "801"}
"""Title and originating source in UNIMARC; MARC 21 defines neither (https://www.ifla.org/g/unimarc-rg/)."""
_BIBLIOGRAPHIC = re.compile(
    r"24[0-7]|250|26[34]|300|490|50[1-5]|508|51[38]|52[0-5]|53[34]|546|60[01]|61[01]|630|65[0-4]|720|76[57]|77[0-7]|800|81[01]|830"
)
"""Tags that MARC 21 defines for bibliographic records and for no others (https://www.loc.gov/marc/bibliographic/)."""


def is_unimarc(tags: Iterable[str]) -> bool:
    """Return whether the tags are those of UNIMARC, which gives many of them other meanings than MARC 21."""
    have = set(tags)
    return have >= _OF_UNIMARC and "245" not in have


def kind_of_tags(tags: Iterable[str]) -> str:
    """Return the kind of a record whose leader does not say it: bibliographic, or unknown where that is not certain."""
    return "bibliographic" if any(_BIBLIOGRAPHIC.fullmatch(tag) for tag in tags) else "unknown"
