"""The things that are named by a fragment of a document, such as `…/f#it` of `…/f`, which is all that a server is sent.

They are found by one query for each version of the data, as no store has an index of the beginnings of IRIs. It is
answered as a client's is, within the same limits; where it takes too long such documents stay unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode

from nbkg.errors import StoreError
from nbkg.grouping import group_values
from sparql_endpoint.http.formats import JSON
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.stores.base import Question
from sparql_endpoint.stores.rows import bound, rows

_Documents = Mapping[str, Sequence[NamedNode]]


def find_fragments(document: NamedNode) -> Sequence[NamedNode]:
    """Return the IRIs that a document of ours is known by, none where it has no fragments; see above."""
    here = serving()
    if not here.store.version():
        return ()
    return here.per_version(__name__, lambda: _read(here), share=2).get(document.value, ())


def _read(here: Serving) -> _Documents:
    text = bound(query("fragments"), {"base": NamedNode(here.settings.base)})
    try:
        answer = b"".join(here.store.answer(Question(text), JSON))
    except StoreError:
        return {}
    iris = (iri for row in rows(answer) if isinstance(iri := row["iri"], NamedNode))
    return group_values((iri.value.partition("#")[0], iri) for iri in iris)
