"""Compact IRIs, `prefix:local`, https://www.w3.org/TR/turtle/#sec-iri"""

from __future__ import annotations

from collections.abc import Mapping


def compact_iri(iri: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI with the first prefix whose namespace it begins with; None where none fits.

    What follows the namespace is not empty and holds neither `/` nor `#`, which a local name cannot hold unescaped.
    """
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local not in ("", iri) and not any(mark in local for mark in "/#"):
            return f"{prefix}:{local}"
    return None


def local_name(iri: str) -> str:
    """Return the last part of an IRI: what follows its last `#` or `/`."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
