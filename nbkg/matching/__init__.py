"""Which entity of a store a name or an identifier means: for reconciliation, linking and clustering alike.

It knows no vocabulary: which properties are names, identifiers or years is data. The loader and the endpoint import it.
`matcher` is imported by its own name, for the loader, which writes the tables, needs nothing that compares names.
"""

from nbkg.matching.candidate import Candidate
from nbkg.matching.entity import Entity
from nbkg.matching.query import MatchQuery

__all__ = ["Candidate", "Entity", "MatchQuery"]
"""The classes that others use."""
