"""Lines as an Oxigraph store gives them back: it keeps the value of a number or date, not how it was written.

`"476"^^xsd:nonNegativeInteger` comes back as `"476"^^xsd:integer`, `"1.50"^^xsd:decimal` as `"1.5"`. A store is
therefore compared with a version in this form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import pyoxigraph as ox

from nbkg.rdf.nquads import serialize_quads, terms
from nbkg.rdf.vocabulary import XSD

_TYPED = f'"^^<{XSD}'.encode()
_REMEMBERED = 100_000
"""Terms whose form is remembered."""


def normalize_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted lines in normal form, sorted, each once: only objects of one subject and property change places."""
    for _, same in groupby(lines, _subject_and_predicate):
        group = list(same)
        yield from sorted({_normal_line(line) for line in group}) if any(_TYPED in line for line in group) else group


def _subject_and_predicate(line: bytes) -> bytes:
    return line[: line.index(b" ", line.index(b" ") + 1)]


def _normal_line(line: bytes) -> bytes:
    if _TYPED not in line:
        return line
    parts = terms(line)
    graph = b" " + parts.graph if parts.graph else b""
    return b"%b %b %b%b .\n" % (parts.subject, parts.predicate, _normal_term(parts.object), graph)


@lru_cache(maxsize=_REMEMBERED)
def _normal_term(term: bytes) -> bytes:
    """Return a term as it comes back from a store."""
    if _TYPED not in term:
        return term
    store = ox.Store()
    store.bulk_load(b"<urn:s> <urn:p> %b ." % term, ox.RdfFormat.N_TRIPLES)
    (line,) = serialize_quads(store)
    return terms(line).object
