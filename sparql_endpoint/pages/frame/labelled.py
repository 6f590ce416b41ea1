"""Names for things that the data gives none: an observation, a quote, a milestone is told by what it is of.

The names are made for reading and stand nowhere in the data: they follow from it, in the language of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http import dates, languages
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Display, Name
from sparql_endpoint.stores.base import Row
from sparql_endpoint.stores.rows import among

_LONGEST = 80
"""Characters of a text within a name."""


def named(nodes: Sequence[NamedNode], display: Display) -> Mapping[NamedNode, Name]:
    """The names of those of which the data tells enough to name them."""
    ours = [node for node in nodes if node.value.startswith(display.serving.settings.base)]
    rows = display.serving.store.select(among(query("pages/unnamed"), "iri", ours)) if ours else ()
    first: dict[NamedNode, Row] = {}
    for row in sorted(rows, key=lambda row: _rank(row, display)):
        if isinstance(node := row["iri"], NamedNode):
            first.setdefault(node, row)
    display.learn(of for row in first.values() if (of := row.get("of")) is not None and of not in first)
    names: dict[NamedNode, Name] = {}
    for node in sorted(first, key=lambda node: first[node].get("of") in first):
        names[node] = (_name(first[node], names, display), None)
    return names


def _rank(row: Row, display: Display) -> int:
    """How well the language of the row's text suits."""
    text = row.get("text")
    return languages.rank(text.language if isinstance(text, Literal) else None, display.language)


def _name(row: Row, names: Mapping[NamedNode, Name], display: Display) -> str:
    of, word = row.get("of"), row["word"]
    text, date = (term.value if isinstance(term, Literal) else "" for term in (row.get("text"), row.get("date")))
    return languages.say(
        word.value if isinstance(word, Literal) else "",
        display.language,
        of=(names.get(of) or display.name(of))[0] if isinstance(of, NamedNode) else "",
        text=shortened(" ".join(text.split())),
        when=dates.edtf(text, display.language),
        date=dates.day(date, display.language),
    )


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text, or its first words and an ellipsis where it is long."""
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"
