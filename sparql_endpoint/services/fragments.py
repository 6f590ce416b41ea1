"""The things that are named by a fragment of a document, such as `…/f#it` of `…/f`, which is all that a server is sent.

They are found by two queries for each version of the data, as no store has an index of the beginnings of IRIs. They
are answered as a client's are, within the same limits; where that takes too long such documents stay unknown.
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
    """Return the IRIs that a document of ours is known by, none where it has no fragments; see above.

    They are those about which something is stated. Where there are none, they are those that are values of others.
    """
    here = serving()
    if not here.store.version():
        return ()
    return _fragments("fragments", document, here) or _fragments("fragments-as-values", document, here)


def _fragments(name: str, document: NamedNode, here: Serving) -> Sequence[NamedNode]:
    return here.per_version(f"{__name__}.{name}", lambda: _read(name, here), share=2).get(document.value, ())


def _read(name: str, here: Serving) -> _Documents:
    text = bound(query(name), {"base": NamedNode(here.settings.base)})
    try:
        answer = b"".join(here.store.answer(Question(text), JSON))
    except StoreError:
        return {}
    iris = (iri for row in rows(answer) if isinstance(iri := row["iri"], NamedNode))
    return group_values((iri.value.partition("#")[0], iri) for iri in iris)
