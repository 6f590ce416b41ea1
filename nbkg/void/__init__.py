"""The VoID description of a store: counted once, when it is loaded, and kept in its graph `graph/void`.

https://www.w3.org/TR/void/. The server reads it there, and pages take their totals from it.
"""

from __future__ import annotations

from nbkg.void.census import Census, census
from nbkg.void.triples import void_triples

__all__ = ["Census", "census", "void_triples"]
