"""IRIs that an earlier release had and the data have no more, without a word: they answer 410, for they were published.

RFC 9110 section 15.5.11, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from sparql_endpoint.errors import RequestError
from sparql_endpoint.services.resource_description import is_known
from sparql_endpoint.services.services import Serving

_MOST = 20
"""Releases that are asked, the newest first, so that a wrong address costs little."""


class WithdrawnError(RequestError):
    """The resource was in an earlier release and is in the data no more."""

    status = 410
    title = "Gone"


def refuse_withdrawn(serving: Serving, iris: Iterable[NamedNode]) -> None:
    """Raise WithdrawnError where an earlier release, which the store keeps, knows one of these IRIs."""
    each = list(iris)
    for release in reversed(serving.release_names()[-_MOST:]):
        store = serving.at(release)
        for iri in each:
            if is_known(store, iri):
                values = {"iri": iri.value, "release": release}
                raise WithdrawnError(
                    f"<{iri.value}> was in release {release} and is in the data no more.", words=("withdrawn", values)
                )
