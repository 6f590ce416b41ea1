"""IRIs that an earlier release had and the data have no more, without a word: they were published, so they answer.

Those that a release had merged into another lead to that one (301), the others are gone (410).
RFC 9110 section 15.5.11, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from sparql_endpoint.errors import RequestError
from sparql_endpoint.services.resource_description import is_known
from sparql_endpoint.services.services import Serving
from sparql_endpoint.services.tombstones import Tombstone, find_tombstone
from sparql_endpoint.stores.base import Store

_MOST = 20
"""Releases that are asked, the newest first, so that a wrong address costs little."""


class WithdrawnError(RequestError):
    """The resource was in an earlier release and is in the data no more."""

    status = 410
    title = "Gone"


def last_store(serving: Serving, iri: NamedNode) -> Store:
    """Return what knows an IRI: the data or, where they know nothing of it, the newest release that does."""
    if is_known(serving.store, iri) or not (release := _newest_release(serving, iri)):
        return serving.store
    return serving.at(release)


def find_last_tombstone(serving: Serving, iri: NamedNode) -> Tombstone | None:
    """Return the tombstone of an IRI, None where it has none: that of the data, else that of the last release with it.

    So what was merged in one release and is missing in a later one still leads to its successor.
    """
    return find_tombstone(serving.store, iri) or find_tombstone(last_store(serving, iri), iri)


def find_retired(serving: Serving, iris: Iterable[NamedNode]) -> NamedNode | None:
    """Return the first of some IRIs, of which the data know nothing, that has a tombstone in an earlier release.

    Raises WithdrawnError where an earlier release, which the store keeps, knows one of them as still in use.
    """
    for iri in iris:
        if release := _newest_release(serving, iri):
            if find_tombstone(serving.at(release), iri):
                return iri
            values = {"iri": iri.value, "release": release}
            raise WithdrawnError(
                f"<{iri.value}> was in release {release} and is in the data no more.", words=("withdrawn", values)
            )
    return None


def _newest_release(serving: Serving, iri: NamedNode) -> str:
    """Return the newest release that knows an IRI; an empty text where none does."""
    releases = reversed(serving.release_names()[-_MOST:])
    return next((release for release in releases if is_known(serving.at(release), iri)), "")
