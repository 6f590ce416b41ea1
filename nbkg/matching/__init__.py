"""Which entity of a store a name or an identifier means: for reconciliation, linking and clustering alike.

It knows no vocabulary: which properties are names, identifiers or years is data. The loader and the endpoint import it.
"""

from nbkg.matching.candidate import Candidate
from nbkg.matching.entity import Entity
from nbkg.matching.matcher import Matcher
from nbkg.matching.query import MatchQuery

__all__ = ["Candidate", "Entity", "MatchQuery", "Matcher"]
"""The classes that others use."""
