"""Lines as an Oxigraph store gives them back: it keeps the value of a number or date, not how it was written.

`"476"^^xsd:nonNegativeInteger` comes back as `"476"^^xsd:integer`, `"1.50"^^xsd:decimal` as `"1.5"`. A store is
therefore compared with a version in this form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import pyoxigraph as ox

from loader.namespaces import XSD
from nbkg.rdf.nquads import serialised, terms

_TYPED = f'"^^<{XSD}'.encode()
_KEPT = 100_000
"""Terms whose form is remembered."""


def stored(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines in that form, sorted, each once: only the objects of one subject and property change places."""
    for _, group in groupby(lines, _said_by):
        found = list(group)
        yield from sorted({_stored(line) for line in found}) if any(_TYPED in line for line in found) else found


def _said_by(line: bytes) -> bytes:
    return line[: line.index(b" ", line.index(b" ") + 1)]


def _stored(line: bytes) -> bytes:
    if _TYPED not in line:
        return line
    parts = terms(line)
    value = _value(parts.object)
    place = b" " + parts.graph if parts.graph else b""
    return b"%b %b %b%b .\n" % (parts.subject, parts.predicate, value, place)


@lru_cache(maxsize=_KEPT)
def _value(term: bytes) -> bytes:
    """A term as it comes back from a store."""
    if _TYPED not in term:
        return term
    store = ox.Store()
    store.bulk_load(b"<urn:s> <urn:p> %b ." % term, ox.RdfFormat.N_TRIPLES)
    (line,) = serialised(store)
    return terms(line).object
