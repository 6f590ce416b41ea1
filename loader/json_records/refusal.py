"""Records about people who borrow are refused: those of such a kind, and those in which a number of a person stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loader.json_records.json_path import Json
from loader.sources.refused_documents import refused_words
from nbkg.records.personal_data import find_personal_number

_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])|_")
_KINDS = ("type", "@type", "record_type", "recordType", "kind")
_BIRTH_DIGITS = 11


def find_refusal(record: Json, numbers_of_things: frozenset[str]) -> str:
    """Return why a record is refused, or an empty text; never what stands in it.

    Members of `numbers_of_things` are not looked at: one of their numbers is a birth number only by chance.
    """
    kind = next((f"it is about borrowers or loans (“{name}”)" for name in _refused_kinds(record)), "")
    return kind or next(
        (
            f"it holds {number} in the member {name}"
            for name, text in _members(record)
            if name not in numbers_of_things and (number := find_personal_number(f"{_words(name)}: {text}"))
        ),
        "",
    )


def _refused_kinds(record: Json) -> Iterator[str]:
    """Yield the words by which a record says itself that it is of a borrower or a loan."""
    if isinstance(record, dict):
        kinds, members = refused_words("kinds"), refused_words("members")
        yield from (kinds[word] for name in _KINDS if (word := str(record.get(name)).casefold()) in kinds)
        yield from (members[word] for name in record if (word := name.casefold()) in members)


def _members(record: Json) -> Iterator[tuple[str, str]]:
    """Yield the texts and numbers of a record, however deep, with the names of their members; without recursion."""
    rest: list[tuple[str, Json]] = [("", record)]
    while rest:
        name, value = rest.pop()
        if isinstance(value, dict):
            rest += list(value.items())
        elif isinstance(value, list):
            rest += [(name, item) for item in value]
        elif value is not None and not isinstance(value, bool):
            yield name, _digits(value)


def _digits(value: Json) -> str:
    """Return a value as text; a number that lost its first zero has it again."""
    text = str(value)
    return text.zfill(_BIRTH_DIGITS) if isinstance(value, int) and len(text) == _BIRTH_DIGITS - 1 else text


def _words(name: str) -> str:
    return _CAMEL.sub(" ", name)
