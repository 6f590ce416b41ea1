"""LOAD SILENT and SERVICE SILENT: a call of a host that is not allowed is the same as one that fails.

What SILENT asks for is that a failure goes unnoticed, and a host that may not be called never answers. The guard reads
what is left afterwards, and refuses every call that is not allowed, silent or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlsplit

from sparql_endpoint.sparql.tokens import Token, find_closing, tokens, unescape

_SILENT = re.compile(r"\bsilent\b", re.IGNORECASE)
_NAMES = frozenset({"iri", "name", "variable"})


def without_silent_loads(text: str, hosts: Sequence[str]) -> str:
    """Return the update with an operation that does nothing in place of each LOAD SILENT that is not allowed.

    A LOAD SILENT that fails does nothing (https://www.w3.org/TR/sparql11-update/#load).
    """
    if not _SILENT.search(text):
        return text
    pieces: list[str] = []
    done, depth = 0, 0
    stream = list(tokens(text))
    words = [token.word for token in stream]
    for index, token in enumerate(stream):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or words[index : index + 2] != ["LOAD", "SILENT"] or _is_allowed(stream[index + 2 :], hosts):
            continue
        into = words[index + 3 : index + 5] == ["INTO", "GRAPH"]
        last = stream[min(index + (5 if into else 2), len(stream) - 1)]
        pieces += text[done : token.start], "INSERT DATA {}"
        done = last.end
    return "".join((*pieces, text[done:]))


def without_silent_services(text: str, hosts: Sequence[str]) -> str:
    """Return the text with a pattern of one empty solution in place of each SERVICE SILENT that is not allowed.

    That is what one that fails gives (https://www.w3.org/TR/sparql11-federated-query/#service). Its pattern stays, as
    one that never matches, so that its variables are in scope. A variable in place of the host could name any host, so
    it is not allowed.
    """
    if not _SILENT.search(text):
        return text
    stream = list(tokens(text))
    words = [token.word for token in stream]
    pieces: list[str] = []
    done = index = 0
    while index < len(stream):
        end = _find_end(stream, index + 3) if words[index : index + 2] == ["SERVICE", "SILENT"] else None
        if end is None or _is_allowed(stream[index + 2 :], hosts):
            index += 1
            continue
        pattern = _without_calls(text, stream[index + 3 : end + 1])
        pieces += text[done : stream[index].start], f"{{ OPTIONAL {{ {pattern} FILTER(false) }} }}"
        done, index = stream[end].end, end + 1
    return "".join((*pieces, text[done:]))


def _find_end(stream: Sequence[Token], begin: int) -> int | None:
    """Return the index of the token that closes the group of a SERVICE; None where no group begins."""
    if begin >= len(stream) or stream[begin].text != "{" or stream[begin - 1].kind not in _NAMES:
        return None
    closing = find_closing(islice(stream, begin, None))
    return None if closing is None else stream.index(closing, begin)


def _without_calls(text: str, group: Sequence[Token]) -> str:
    """Return a group with the patterns of the SERVICEs in it, which is never matched, in place of these."""
    pieces, done, index = [], group[0].start, 0
    while index < len(group):
        if group[index].word == "SERVICE":
            pieces.append(text[done : group[index].start])
            is_silent = group[index + 1].text.upper() == "SILENT"
            index += 2 if is_silent else 1
            done = group[index].end
        index += 1
    return "".join((*pieces, text[done : group[-1].end]))


def _is_allowed(rest: Sequence[Token], hosts: Sequence[str]) -> bool:
    return bool(rest) and rest[0].kind == "iri" and is_host(rest[0], hosts)


def is_host(iri: Token, hosts: Sequence[str]) -> bool:
    """Return whether an IRI is an HTTP address at one of the hosts."""
    address = urlsplit(unescape(iri.text[1:-1]))
    return address.scheme in ("http", "https") and bool({address.hostname, address.netloc} & set(hosts))
