"""Labels for resources that the data names not: an observation, a quote, a milestone is called by what it is of.

They are made for reading and stand nowhere in the data: they follow from it, in the language of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import first_values
from nbkg.rdf.label_choice import language_rank
from sparql_endpoint.http import dates, languages
from sparql_endpoint.services.known_labels import LabelText
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.stores.base import Row
from sparql_endpoint.words import words

_CREATIVE_COMMONS = re.compile(r"https?://creativecommons\.org/(?:licenses/([a-z-]+)|publicdomain/zero)/([0-9.]+)/?")
_CODES = "http://id.loc.gov/vocabulary/"
_MAX_LENGTH = 80
"""Characters of a text within a label."""


def derive_labels(nodes: Sequence[NamedNode], labels: Labels) -> Mapping[NamedNode, LabelText]:
    """Return labels for those IRIs of which the data says enough to make one."""
    ours = sorted((n for n in nodes if n.value.startswith(labels.addresses.base)), key=str)
    rows = rows_about(labels.serving, ours, "pages/unnamed")
    ranked = sorted(rows, key=lambda row: _text_rank(row, labels))
    first = first_values((node, row) for row in ranked if isinstance(node := row["iri"], NamedNode))
    labels.expect(of for row in first.values() if (of := row.get("of")) is not None and of not in first)
    derived = {node: LabelText(name) for node in nodes if (name := licence_name(node.value)) != node.value}
    for node in sorted(first, key=lambda node: first[node].get("of") in first):
        derived[node] = LabelText(_label(first[node], derived, labels))
    return derived


def name_codes(nodes: Sequence[NamedNode], labels: Labels) -> Mapping[NamedNode, LabelText]:
    """Return what those IRIs mean that are codes of MARC 21: records call them by words of any language."""
    named = ((node, code_name(node.value, labels.language)) for node in nodes)
    return {node: LabelText(name) for node, name in named if name}


def licence_name(iri: str) -> str:
    """Return the name of a licence of Creative Commons, as `CC BY 4.0`; any other IRI as it is."""
    match = _CREATIVE_COMMONS.fullmatch(iri)
    return f"CC {match[1].upper()} {match[2]}" if match and match[1] else f"CC0 {match[2]}" if match else iri


def code_name(iri: str, language: str) -> str:
    """Return what a code of MARC 21 means (https://id.loc.gov/vocabulary/), or an empty text for one without words."""
    name, _, code = iri.removeprefix(_CODES).partition("/")
    key = f"code_{name}_{code}"
    return languages.say(key, language) if iri.startswith(_CODES) and key in words() else ""


def _text_rank(row: Row, labels: Labels) -> int:
    text = row.get("text")
    return language_rank(text.language if isinstance(text, Literal) else None, labels.language)


def _label(row: Row, derived: Mapping[NamedNode, LabelText], labels: Labels) -> str:
    of, word = row.get("of"), row["word"]
    text, date = (term.value if isinstance(term, Literal) else "" for term in (row.get("text"), row.get("date")))
    return languages.say(
        word.value if isinstance(word, Literal) else "",
        labels.language,
        of=(derived.get(of) or labels.of(of)).text if isinstance(of, NamedNode) else "",
        text=shorten(" ".join(text.split())),
        when=dates.edtf(text, labels.language),
        date=dates.day(date, labels.language),
    )


def shorten(text: str, max_length: int = _MAX_LENGTH) -> str:
    """Return the text, or its first words and an ellipsis where it is long."""
    return text if len(text) <= max_length else f"{text[:max_length].rpartition(' ')[0] or text[:max_length]} …"
