"""Hints beside the error of a query that does not parse: what beginners, and those who know SQL or Turtle, get wrong.

The engine says where it could not go on, which is often far from what is wrong. So the faults are looked for in the
text, the surest first. A hint is a key of `words/hints.toml`, so that it can be given in the language of a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from sparql_endpoint.errors import QuerySyntaxError
from sparql_endpoint.sparql.shape import TERM, shape
from sparql_endpoint.sparql.tokens import tokens
from sparql_endpoint.words import words


@dataclass(frozen=True)
class Hint:
    """The key of a hint, and the values in it."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the hint in one of the pages' languages."""
        return words()[self.key][language].format(**self.values)


@contextmanager
def hinting(text: str, prefixes: Callable[[], Mapping[str, str]]) -> Iterator[None]:
    """Give a QuerySyntaxError that is raised within a hint of what may help, unless it has one."""
    try:
        yield
    except QuerySyntaxError as error:
        error.hint = error.hint or find_hint(text, str(error), prefixes())
        raise


def find_hint(text: str, message: str, prefixes: Mapping[str, str]) -> Hint | None:
    """Return a hint that may help, or None. `prefixes` are those that the data declares."""
    return next(_hints(text, message, prefixes), None)


def _hints(text: str, message: str, prefixes: Mapping[str, str]) -> Iterator[Hint]:
    yield from _characters(text)
    yield from _backslashes(text)
    query = shape(text)
    for key, pattern in _SURE:
        if match := re.search(pattern, query):
            yield Hint(key, _as_written(match.groupdict(), text))
    yield from _undeclared(text, prefixes)
    yield from _functions(text)
    yield from _unclosed(text)
    query = _VALUES.sub(" ", query)
    for key, pattern in _LIKELY:
        if match := re.search(pattern, query):
            yield Hint(key, match.groupdict())
    if "unbound" in message or "GROUP BY" in message:
        yield Hint("hint_group_by")


def _as_written(values: Mapping[str, str], text: str) -> Mapping[str, str]:
    """Return the values of a hint with a prefix as the query has it, for its case counts."""
    if "prefix" not in values:
        return values
    match = re.search(rf"PREFIX\s+({re.escape(values['prefix'])})", text, re.IGNORECASE)
    return {**values, "prefix": match[1]} if match else values


_INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
_QUOTES = re.compile("[“”„‘’‚«»`´]")
_HTML_CODE = re.compile("&#x?[0-9A-Fa-f]+;")
_BAD_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s\"]*?(?P<character>[ \"{}|^`\\])[^<>\n]*>")
_BACKSLASH = re.compile(r"\\(?:\\|[tbnrf\"']|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|(?P<wrong>\\)")
_OPEN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s\"{}|^`\\]*(?=[\s{}]|$)")


def _characters(text: str) -> Iterator[Hint]:
    """Yield the hints for characters that stand where none such can."""
    outside = [token for token in tokens(text) if token.kind == "operator"]
    for token in outside:
        if _INVISIBLE.match(token.text):
            line = text.count("\n", 0, token.start) + 1
            column = token.start - text.rfind("\n", 0, token.start)
            code = f"U+{ord(token.text):04X}"
            yield Hint("hint_invisible", {"code": code, "line": str(line), "column": str(column)})
    ampersands = {token.start for token in outside if token.text == "&"}
    if any(match.start() in ampersands for match in _HTML_CODE.finditer(text)):
        yield Hint("hint_html")
    if any(token.text == "%" for token in outside):
        yield Hint("hint_encoded")
    if any(_QUOTES.match(token.text) for token in outside):
        yield Hint("hint_quotes")
    if any(token.text in ("'", '"') for token in outside):
        yield Hint("hint_quote_open")
    starts = {token.start for token in outside if token.text == "<"}
    for pattern, key in ((_BAD_IRI, "hint_iri_character"), (_OPEN_IRI, "hint_iri_open")):
        for match in pattern.finditer(text):
            if match.start() in starts:
                character = match.groupdict().get("character", "")
                yield Hint(key, {"character": character, "escape": f"%{ord(character or ' '):02X}"})


def _backslashes(text: str) -> Iterator[Hint]:
    """Yield the hint for a backslash in a string that begins no escape."""
    strings = [token.text for token in tokens(text) if token.kind == "string"]
    if any(match["wrong"] for string in strings for match in _BACKSLASH.finditer(string)):
        yield Hint("hint_backslash")


_FUNCTIONS = {
    **{
        "LENGTH": "STRLEN",
        "LEN": "STRLEN",
        "SUBSTRING": "SUBSTR",
        "UPPER": "UCASE",
        "LOWER": "LCASE",
        "NVL": "COALESCE",
    },
    **{"TOUPPER": "UCASE", "TOLOWER": "LCASE", "ISNULL": "!BOUND", "IFNULL": "COALESCE", "STARTSWITH": "STRSTARTS"},
    **{"ENDSWITH": "STRENDS", "INCLUDES": "CONTAINS", "CEILING": "CEIL", "RANDOM": "RAND", "DATE": "xsd:date"},
    **{"INT": "xsd:integer", "INTEGER": "xsd:integer", "STRING": "STR", "LANGUAGE": "LANG", "TYPE": "DATATYPE"},
    **{"AVERAGE": "AVG", "GROUPCONCAT": "GROUP_CONCAT", "TODAY": "NOW", "CURRENT_DATE": "NOW"},
}
"""Functions of other languages, and what they are called in SPARQL."""
_WORDS = """
A ABS ADJUST AS ASC AVG BIND BNODE BOUND BY CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY DESC DISTINCT
ENCODE_FOR_URI EXISTS FILTER FLOOR FROM GRAPH GROUP_CONCAT HASLANG HASLANGDIR HAVING HOURS IF IN IRI ISBLANK ISIRI
ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NOT NOW
OBJECT OPTIONAL ORDER PREDICATE RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE
SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT
SUBSTR SUM TIMEZONE TRIPLE TZ UCASE UNION URI UUID VALUES WHERE YEAR
"""
_KNOWN = frozenset(_WORDS.split())
"""The words before a bracket that SPARQL knows."""
_AGGREGATES = "(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)"
_VALUES = re.compile(r" VALUES (?:[?$]\w+|\( [^)]*\)) \{[^}]*\} ")
_BETWEEN = r"(?:(?! (?:WHERE|FROM) | \{).)*?"
"""What stands in a SELECT before its pattern."""
_SURE = (
    ("hint_html", r" & (?:LT|GT|AMP|QUOT|NBSP) ; | & \w*LT ; "),
    ("hint_encoded", r" (?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX) \+ "),
    ("hint_prefix_turtle", r" @PREFIX | @BASE | @prefix | @base "),
    ("hint_prefix_end", r" (?:PREFIX \S*: |BASE )<i> [.;,] "),
    ("hint_prefix_colon", r" PREFIX (?P<prefix>[^\s:]+) <i> "),
    ("hint_prefix_space", r" PREFIX (?P<prefix>[^\s:]+) : <i> "),
    ("hint_bare_iri", r" (?i:https?|urn|ftp|mailto): / / | PREFIX \S*: (?i:https?|urn|ftp):| WWW \. \w"),
    ("hint_prefix_first", r" (?:SELECT|ASK|CONSTRUCT|DESCRIBE) .* PREFIX \S*: <i> "),
    ("hint_select", r" SELECT (?:DISTINCT )?(?:WHERE |FROM |\{)"),
    ("hint_semicolon", r" (?:\}|LIMIT [0-9]+|OFFSET [0-9]+|\)) ; $"),
    ("hint_order", r" (?:LIMIT|OFFSET) [0-9]+ (?:ORDER|GROUP|HAVING|WHERE) | ORDER BY (?:(?! \} ).)* GROUP BY "),
    ("hint_comment", r" - - [A-Z]| / \* | / / [A-Z]"),
    ("hint_equals", r" = = "),
    ("hint_unequal", r" [?$]\w+ <> | \) <> "),
    ("hint_datatype", r'" \^ \S+:'),
    ("hint_language", r'" @ '),
    ("hint_null", r" (?:IS )?(?:NOT )?NULL "),
    ("hint_between", r" BETWEEN "),
    ("hint_and", r" AND "),
    ("hint_or", r" OR "),
    ("hint_not", r" NOT (?!IN |EXISTS )"),
    ("hint_like", r" I?LIKE "),
    ("hint_in", rf" IN {TERM}"),
    ("hint_top", r" SELECT TOP [0-9]+"),
    ("hint_limit", r" LIMIT (?![0-9]+ (?!,))"),
    ("hint_desc", r" (?:DESC|ASC) (?!\()"),
    ("hint_by", r" (?P<word>ORDER|GROUP) (?!BY )"),
    ("hint_distinct", r" SELECT (?:DISTINCT|REDUCED) \( [?$]\w+ \)"),
    ("hint_commas", rf" SELECT {_BETWEEN} [,;] "),
    ("hint_commas_by", r" (?P<word>GROUP|ORDER) BY (?:[?$]\w+ |(?:ASC|DESC) \( [?$]\w+ \) )+[,;] "),
    ("hint_as_name", r" AS (?![?$])\w+ \)"),
    ("hint_variable_name", rf" SELECT {_BETWEEN}[?$]\w+ - \w"),
    ("hint_as", rf" SELECT (?:DISTINCT )?(?:[?$]\w+ )*(?:{_AGGREGATES} \(|AS |\( {_AGGREGATES} \( [^()]* \) \) )"),
)
"""The faults that are looked for first, with their patterns in a shape; a pattern's groups are the hint's values."""
_LIKELY = (
    ("hint_as", r" SELECT (?:DISTINCT )?(?:[?$]\w+ )*\( (?:(?! AS )[^{}])*? \) (?:[?$({]|WHERE )"),
    (
        "hint_question_mark",
        r" SELECT (?:DISTINCT |REDUCED )?(?P<name>(?!FROM |WHERE |DISTINCT |REDUCED )[A-Z]\w*) (?!\()",
    ),
    ("hint_from", r" FROM (?:NAMED )?(?!NAMED )(?!<i> |\S*:)"),
    ("hint_braces", r" (?P<word>WHERE|OPTIONAL|MINUS|UNION|EXISTS) (?!\{)"),
    ("hint_braces", r" (?P<word>GRAPH) \S+ (?!\{)"),
    ("hint_construct", r" CONSTRUCT (?!\{ |WHERE )"),
    ("hint_two_patterns", r" \} WHERE \{"),
    ("hint_filter", r" FILTER (?!NOT |EXISTS |\()(?:[?$!\"0-9<])"),
    ("hint_having", r" \{ (?:(?! \} ).)* HAVING "),
    ("hint_bind", r" BIND \( (?:(?! AS )[^{}])*? \) [.{}?]"),
    ("hint_bind_again", r"(?P<variable>[?$]\w+) .* BIND \( [^{}]*? AS (?P=variable) \)"),
    ("hint_if", r" IF \( [^(),]+ , [^(),]+ \)"),
    (
        "hint_function_brackets",
        r" (?P<name>CONTAINS|REGEX|STRSTARTS|STRENDS|LANG|LANGMATCHES|STR|BOUND|LCASE|UCASE) (?!\()",
    ),
    ("hint_update_where", r" (?:INSERT|DELETE) \{ (?:(?! WHERE ).)*$"),
    ("hint_aggregate_filter", rf" FILTER \( (?:(?! \}} ).)*{_AGGREGATES} \("),
    ("hint_data_variables", r" (?:INSERT|DELETE) DATA \{ .*[?$]\w"),
    ("hint_word", rf"(?: [{{.;]) (?:{TERM} )?(?P<word>(?!A )[A-Z]\w*) (?:{TERM} )"),
    ("hint_full_stop", rf" [{{.}}] {TERM} (?:A|{TERM}) {TERM} {TERM} (?:A|{TERM})"),
)
"""The faults that are looked for once prefixes and brackets are in order."""


def _undeclared(text: str, prefixes: Mapping[str, str]) -> Iterator[Hint]:
    """Yield the hint for a prefix that is used and not declared."""
    declared: set[str] = set()
    after = ""
    for token in tokens(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if after == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                yield Hint("hint_prefix", {"prefix": prefix, "namespace": prefixes.get(prefix) or "…"})
        after = token.word


def _unclosed(text: str) -> Iterator[Hint]:
    """Yield the hint for a bracket that is not closed, or closed and never opened."""
    counts = dict.fromkeys("(){}[]", 0)
    for token in tokens(text):
        if token.text in counts:
            counts[token.text] += 1
    for opening, closing in ("{}", "()", "[]"):
        missing = counts[opening] - counts[closing]
        if missing:
            bracket = closing if missing > 0 else opening
            values = {"count": abs(missing), "bracket": bracket, "opening": opening, "closing": closing}
            numbers = {"opened": counts[opening], "closed": counts[closing]}
            yield Hint("hint_bracket", {name: str(value) for name, value in {**values, **numbers}.items()})


def _functions(text: str) -> Iterator[Hint]:
    """Yield the hint for a function of another language."""
    for token, after in pairwise(tokens(text)):
        word = token.text.upper()
        if token.kind != "word" or after.text != "(" or word in _KNOWN:
            continue
        if instead := _FUNCTIONS.get(word):
            yield Hint("hint_function", {"name": token.text, "instead": instead})
        else:
            yield Hint("hint_no_function", {"name": token.text})
