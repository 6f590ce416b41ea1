"""One key for all forms of an IRI, and the register in which a thing is counted once."""

from __future__ import annotations

import re

from nbkg.identifiers.identifier_reading import read_identifiers

_NAMESPACE = re.compile(r".*[/#]", re.DOTALL)


def node_key(iri: str) -> tuple[str, str]:
    """Return the one form of an IRI and the register or namespace that it is in.

    Numbers of known registers have the IRI that the register gives them; other IRIs stay as they are.
    """
    for identifier in read_identifiers(iri)[:1]:
        return identifier.iri or iri, identifier.scheme
    namespace = _NAMESPACE.match(iri)
    return iri, namespace.group() if namespace else iri
