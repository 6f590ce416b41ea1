"""Values in the forms in which a client's are compared with those of the data."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.label_choice import LANGUAGES
from nbkg.rdf.solutions import Term
from nbkg.rdf.vocabulary import XSD
from nbkg.text_index.analysis import fold, split_words

_DATE = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}){0,2}")
_DATATYPES = (
    (re.compile(r"-?[0-9]{4}"), "gYear"),
    (re.compile(r"-?[0-9]{4}-[0-9]{2}"), "gYearMonth"),
    (re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date"),
    (re.compile(r"-?[0-9]{1,18}"), "integer"),
    (re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}"), "decimal"),
    (re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}"), "double"),
    (re.compile(r"true|false"), "boolean"),
)
"""What a text may be a literal of besides a string."""
_EDTF = NamedNode("http://id.loc.gov/datatypes/edtf")
_ALL_LANGUAGES = (*LANGUAGES, "no")


def forms(term: Term) -> Collection[str]:
    """Return the forms of a value of the data: its words, and of an IRI it and its last part."""
    if isinstance(term, NamedNode):
        return {term.value, comparable(local_name(term.value))}
    return {comparable(term.value), term.value} if isinstance(term, Literal) else ()


def comparable(value: str) -> str:
    """Return a text in the form in which it is compared: its words in small letters, without foreign marks."""
    return " ".join(map(fold, split_words(value))) or value


def meets(value: str, present: Collection[str]) -> bool:
    """Return whether a client's value is one of those whose forms are given; a year meets the dates in it."""
    if value in present or comparable(value) in present:
        return True
    return bool(_DATE.fullmatch(value)) and any(_DATE.fullmatch(one) and _overlap(value, one) for one in present)


def _overlap(one: str, other: str) -> bool:
    return one.startswith(f"{other}-") or other.startswith(f"{one}-")


def terms(value: str) -> Sequence[Term]:
    """Return the terms that a text may stand for in the data."""
    literals = [Literal(value), *(Literal(value, language=tag) for tag in _ALL_LANGUAGES)]
    typed = [Literal(value, datatype=NamedNode(f"{XSD}{name}")) for form, name in _DATATYPES if form.fullmatch(value)]
    dates = [Literal(value, datatype=_EDTF)] if _DATE.fullmatch(value) else []
    return [*literals, *typed, *dates, *_iris(value)]


def _iris(value: str) -> Sequence[NamedNode]:
    try:
        return [NamedNode(value)] if ":" in value else []
    except ValueError:
        return []
