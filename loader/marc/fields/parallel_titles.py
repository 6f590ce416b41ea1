"""Parallel titles in the title statement: what stands behind the sign `=` of ISBD is the title in another language.

https://www.loc.gov/marc/bibliographic/bd245.html, $b
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.title_nodes import title_label, write_title
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_punctuation

_SIGN: Final = " = "
_OF_TITLE: Final = frozenset("anp")


def split_parallel_titles(subfields: Subfields) -> tuple[Subfields, list[str]]:
    """Return a title statement without its parallel titles, and these; most have none.

    The sign stands at the end of the subfield before, or within $b behind the subtitle.
    """
    if "=" not in "".join([value for _code, value in subfields]):
        return subfields, []
    own: list[tuple[str, str]] = []
    parallel: list[str] = []
    is_parallel = False
    for code, value in subfields:
        if code == "b":
            first, *others = value.split(_SIGN)
            own += [] if is_parallel else [(code, first)]
            parallel += [first, *others] if is_parallel else others
        else:
            own.append((code, value))
        is_parallel = is_parallel or (code in _OF_TITLE and value.endswith("="))
    return own, list(filter(None, map(without_end_punctuation, parallel)))


def write_parallel_title(text: str, into: Projection) -> None:
    """Write a title of the instance in another language, with its subtitle."""
    main, _mark, subtitle = text.partition(" : ")
    subfields = [("a", main), ("b", subtitle)] if subtitle else [("a", main)]
    instance = into.identity.instance
    title = part(instance, f"title-{hashed('ParallelTitle', heading_key(title_label(subfields, 'ab')))}")
    write_title(instance, title, "ParallelTitle", subfields, into)
