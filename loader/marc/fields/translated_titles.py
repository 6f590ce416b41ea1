"""The language of a title that a cataloguing agency translated (242).

https://www.loc.gov/marc/bibliographic/bd242.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection
from loader.marc.values.language_codes import TAGS, current_language


@contextmanager
def language_of_translation(heading: Heading, into: Projection) -> Iterator[None]:
    """Give literals the language tag of 242 $y meanwhile; a code that is not in the MARC list is omitted."""
    before, code = into.language, heading.first("y")
    known = current_language(code)
    if known:
        into.language = f"@{TAGS.get(known, known)}"
    elif code:
        into.omit("242", "y", "language-code", code)
    yield
    into.language = before
