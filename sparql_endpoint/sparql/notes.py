"""Notes beside a result that may be other than what was meant: what SPARQL passes over in silence.

A comparison of a text with a date, or of a string with one that has a language, is no error: it just finds nothing; and
an aggregate of a value that does not fit is an empty cell. What can be seen from the query is noted beside its result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from sparql_endpoint.sparql.hints import Hint
from sparql_endpoint.sparql.shape import TERM, shape


class Outcome(Enum):
    """What a result looks like."""

    FULL = "full"
    ZERO = "zero"
    """It has a cell that is zero, and no empty one."""
    GAPS = "gaps"
    """It has an empty cell."""
    EMPTY = "empty"
    """It has no rows, or ASK was answered with no."""


_VARIABLE = r"[?$]\w+"
_COMPARED = r"(?:=|!=|<=?|>=?)"
_TEXT_TEST = r"(?:CONTAINS|STRSTARTS|STRENDS|REGEX|STRLEN|UCASE|LCASE|SUBSTR|REPLACE)"
_ALWAYS, _IF_EMPTY, _IF_GAPS = frozenset(Outcome), frozenset({Outcome.EMPTY}), frozenset({Outcome.GAPS, Outcome.EMPTY})
_IF_ZERO = frozenset({Outcome.ZERO, Outcome.GAPS})
_EXTREME = r" (?:MIN|MAX) \( (?:DISTINCT )?(?P<value>[?$]\w+) \).*"
_NOTES = (
    ("note_language_case", _ALWAYS, r' LANG \( \S+ \) (?:!?= |(?:NOT )?IN \( (?:[^)]* , )?)"[^"]*[A-Z][^"]*"'),
    ("note_language_case", _ALWAYS, r' "[a-zA-Z]{2,3}(?:-[^"]*[A-Z][^"]*)" !?= LANG \('),
    ("note_norwegian", _IF_EMPTY, r' LANG \( \S+ \) = "no" | "no" = LANG \( |, "no" \)|" @no '),
    ("note_language_range", _IF_EMPTY, r' LANG \( \S+ \) = "[a-z]+"| "[a-z]+" = LANG \( '),
    ("note_lang_matches", _ALWAYS, rf" LANGMATCHES \( {_VARIABLE} ,"),
    ("note_bare_date", _ALWAYS, r" [12][0-9]{3} - ?[01]?[0-9] - ?[0-3]?[0-9] "),
    ("note_date_string", _IF_EMPTY, rf' {_VARIABLE} {_COMPARED} "[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}}[^"]*" (?!\^\^)'),
    ("note_date_string", _IF_EMPTY, rf' "[0-9]{{4}}(?:-[0-9]{{2}}){{1,2}}[^"]*" {_COMPARED} {_VARIABLE} '),
    ("note_iri_string", _IF_EMPTY, rf' {_VARIABLE} !?= "[a-z]+:[^"]*" (?!\^\^)| {TERM} {TERM} "https?:[^"]*" '),
    (
        "note_number_string",
        _IF_EMPTY,
        rf' {_VARIABLE} {_COMPARED} "-?[0-9.]+" (?!\^\^)| (?:A|{TERM}) "-?[0-9.]+" [.;}}]',
    ),
    ("note_boolean_string", _IF_EMPTY, r' "(?:true|false)" (?!\^\^)'),
    ("note_plain_string", _IF_EMPTY, rf' {_VARIABLE} = "[^"]*" (?!@|\^\^)| "[^"]*" = {_VARIABLE} '),
    ("note_plain_string", _IF_EMPTY, rf' {_VARIABLE} (?:NOT )?IN \( "[^"]*" (?!@|\^\^)| {TERM} "[^"]*" [.;}}]'),
    ("note_text_of_iri", _IF_EMPTY, rf" {_TEXT_TEST} \( {_VARIABLE} "),
    ("note_regex_case", _IF_EMPTY, r' REGEX \( [^"]*, "[^"]*[A-Za-z][^"]*" \) '),
    ("note_group_concat", _IF_GAPS, rf" GROUP_CONCAT \( (?:DISTINCT )?{_VARIABLE} "),
    ("note_sum", _IF_GAPS, rf" (?:SUM|AVG) \( (?:DISTINCT )?{_VARIABLE} "),
    ("note_extreme_of_none", _IF_GAPS, rf" (?:MIN|MAX|SAMPLE) \( (?:DISTINCT )?{_VARIABLE} "),
    ("note_mixed_kinds", _ALWAYS, rf"{_EXTREME} [.;{{] (?:{TERM} )?{_VARIABLE} (?P=value) "),
    (
        "note_mixed_kinds",
        _ALWAYS,
        rf'{_EXTREME} VALUES (?P=value) \{{(?=[^}}]* [-+]?[.0-9]+ )(?=[^}}]* (?:"|<i>|\S*:))',
    ),
    ("note_sum_of_none", _IF_ZERO, rf" (?:SUM|AVG) \( (?:DISTINCT )?{_VARIABLE} "),
    ("note_date_number", _IF_GAPS, r" (?:xsd:date(?:Time)?|NOW \( \)) [-+] [0-9]+ "),
    (
        "note_cast",
        _IF_GAPS,
        r" xsd:(?:date|dateTime|time|gYear|gYearMonth|integer|int|long|decimal|double|float|boolean) \( ",
    ),
    ("note_large_number", _IF_GAPS, r" [0-9]{18,} [-+*] | [-+*] [0-9]{18,} "),
    ("note_whole_numbers", _ALWAYS, r"(?<!FLOOR \()(?<!CEIL \()(?<!ROUND \() [0-9]+ / [0-9]+ "),
    ("note_division", _IF_GAPS, r" / (?!/)"),
)
"""The notes, the outcomes that they belong to, and their patterns in the shape of a query."""
_OFTEN = 3


def find_notes(text: str, outcome: Outcome) -> Sequence[Hint]:
    """Return what may be the reason for a result of a query, the likeliest first, and no more than a few."""
    query = shape(text)
    keys = [key for key, outcomes, pattern in _NOTES if outcome in outcomes and re.search(pattern, query)]
    notes = [Hint(key) for key in dict.fromkeys(keys)]
    if outcome in _IF_GAPS and (alone := _alone(query)):
        notes.insert(0, Hint("note_variable", {"variable": alone}))
    return notes[:_OFTEN]


def _alone(query: str) -> str:
    """Return a variable that SELECT lists and that stands nowhere else, or an empty text."""
    listed = re.match(r".*? SELECT ((?:DISTINCT |REDUCED )?(?:[?$]\w+ )+)(?:WHERE |FROM |\{)", query)
    for variable in re.findall(r"[?$](\w+)", listed.group(1)) if listed else ():
        if len(re.findall(rf" [?$]{variable} ", query.replace(" ", "  "))) == 1:
            return f"?{variable}"
    return ""
