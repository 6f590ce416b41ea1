"""LOAD SILENT in an update: one of a host that is not allowed is replaced by an operation that does nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from sparql_endpoint.sparql.tokens import Token, tokens, unescape

_LOAD_SILENT = re.compile(r"\bload\s+silent\b", re.IGNORECASE)


def without_silent_loads(text: str, hosts: Sequence[str]) -> str:
    """Return the update with an operation that does nothing in place of each LOAD SILENT that is not allowed.

    A LOAD SILENT that fails does nothing (https://www.w3.org/TR/sparql11-update/#load).
    """
    if not _LOAD_SILENT.search(text):
        return text
    pieces: list[str] = []
    done, depth = 0, 0
    stream = list(tokens(text))
    words = [token.text.upper() if token.kind == "word" else "" for token in stream]
    for index, token in enumerate(stream):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or words[index : index + 2] != ["LOAD", "SILENT"] or _is_allowed(stream[index + 2 :], hosts):
            continue
        into = words[index + 3 : index + 5] == ["INTO", "GRAPH"]
        last = stream[min(index + (5 if into else 2), len(stream) - 1)]
        pieces += text[done : token.start], "INSERT DATA {}"
        done = last.end
    return "".join((*pieces, text[done:]))


def _is_allowed(rest: Sequence[Token], hosts: Sequence[str]) -> bool:
    return bool(rest) and rest[0].kind == "iri" and is_host(rest[0], hosts)


def is_host(iri: Token, hosts: Sequence[str]) -> bool:
    """Return whether an IRI is an HTTP address at one of the hosts."""
    address = urlsplit(unescape(iri.text[1:-1]))
    return address.scheme in ("http", "https") and bool({address.hostname, address.netloc} & set(hosts))
