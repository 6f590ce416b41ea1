"""What else a record says of the entity that a heading names, as conditions of a query."""

from __future__ import annotations

from collections.abc import Iterator

from loader.namespaces import SKOS
from nbkg.matching.query import Constraint
from nbkg.matching.roles import FIRST, LAST, read_roles


def scheme_properties(scheme: str) -> tuple[Constraint, ...]:
    """Return the condition that an entity is in a concept scheme; none where no scheme is named."""
    return ((str(SKOS.inScheme), (scheme,)),) if scheme else ()


def year_properties(first: str, last: str) -> Iterator[Constraint]:
    """Yield the conditions that an entity began and ended in the years of two dates, of which each may be empty."""
    for role, date in ((FIRST, first), (LAST, last)):
        if date:
            yield next(prop for prop, own in read_roles().by_property.items() if own == role), (date,)
