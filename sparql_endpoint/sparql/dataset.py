"""The dataset that an operation names: a query's FROM and FROM NAMED, an update's USING and USING NAMED.

https://www.w3.org/TR/sparql11-query/#specifyingDataset, https://www.w3.org/TR/sparql11-update/#deleteInsert
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from urllib.parse import urljoin

from sparql_endpoint.errors import RequestError
from sparql_endpoint.sparql.tokens import Token, find_closing, tokens, unescape

_FROM = re.compile(r"\bFROM\b|\\u", re.IGNORECASE)
_LOCAL_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Dataset:
    """The graphs that an operation names; where it names none, the dataset is the store's own."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass
class _Prologue:
    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)

    def iri(self, token: Token) -> str | None:
        """Return the IRI of a token; None where it is not an IRI or its prefix is not declared."""
        if token.kind == "iri":
            return urljoin(self.base, unescape(token.text[1:-1]))
        prefix, colon, local = token.text.partition(":")
        if token.kind != "name" or not colon or prefix not in self.prefixes:
            return None
        return self.prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", unescape(local))


def dataset(text: str, base: str = "") -> Dataset:
    """Return the dataset of a query; of one that does not parse, whatever of it can be read."""
    upper = text.upper()
    if ("FROM" not in upper and "\\U" not in upper) or not _FROM.search(text):
        return Dataset()
    prologue, default, named = _Prologue(base), list[str](), list[str]()
    following = _head(text)
    for token in following:
        word = token.text.upper()
        if word == "BASE" and (iri := next(following, None)):
            prologue.base = prologue.iri(iri) or prologue.base
        elif word == "PREFIX" and (name := next(following, None)) and (iri := next(following, None)):
            prologue.prefixes[name.text.removesuffix(":")] = prologue.iri(iri) or ""
        elif word == "FROM" and (graph := next(following, None)):
            is_named = graph.text.upper() == "NAMED"
            graph = next(following, graph) if is_named else graph
            (named if is_named else default).append(prologue.iri(graph) or graph.text)
    return Dataset(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))


def _head(text: str) -> Iterator[Token]:
    """Yield the tokens before the pattern."""
    for token in tokens(text):
        if token.text == "{" or token.word == "WHERE":
            if not _is_template(text, token):
                return
            continue
        yield token


def _is_template(text: str, token: Token) -> bool:
    """Return whether a brace opens the template of CONSTRUCT, after which FROM may stand."""
    before = [t.text.upper() for t in tokens(text[: token.start])]
    return bool(before) and before[-1] == "CONSTRUCT"


def with_using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return the update with USING and USING NAMED for each of its patterns.

    Raises RequestError where the update names a dataset itself (https://www.w3.org/TR/sparql11-protocol/#update-dataset).
    """
    using = "".join(f" USING <{graph}>" for graph in default) + "".join(f" USING NAMED <{graph}>" for graph in named)
    pieces: list[str] = []
    done = depth = 0
    before = ""
    for token in tokens(text):
        word = "" if depth else token.word
        if word in ("USING", "WITH"):
            raise RequestError(f"the update has {word} and the request names graphs too; name them in one place")
        if word == "WHERE":
            template = f" {_group(text, token.end)}" if before == "DELETE" else ""
            pieces += text[done : token.start], template, using, " "
            done = token.start
        depth += (token.text == "{") - (token.text == "}")
        before = word
    return "".join((*pieces, text[done:]))


def _group(text: str, start: int) -> str:
    """Return the group in braces that begins at or after an offset."""
    group = list(dropwhile(lambda token: token.text != "{", tokens(text, start)))
    closing = find_closing(group)
    return text[group[0].start if group else start : closing.end if closing else None]
