"""What a link is in a table: its columns, which stand after those of whoever made the table."""

from __future__ import annotations

from loader import identifiers
from loader.link.records.heading import LinkedHeading

LINK_COLUMNS = ("nbkg_iri", "nbkg_name", "nbkg_rule", "nbkg_score", "nbkg_decision", "nbkg_outcome")
"""The columns of a link; the first is empty where nothing is linked."""
OWN_COLUMNS = ("record", "thing", "name", *LINK_COLUMNS)
"""The columns of a table that is made of another form."""


def link_cells(linked: LinkedHeading) -> dict[str, str]:
    """Return the cells of a heading by their columns."""
    link = linked.link
    if link is None:
        return {"nbkg_outcome": linked.outcome}
    values = (
        link.members[-1],
        link.names[-1],
        link.rule,
        f"{link.score or 0:g}",
        str(identifiers.resource("decision", link.kind, link.key)),
        str(linked.outcome),
    )
    return dict(zip(LINK_COLUMNS, values, strict=True))


def own_cells(linked: LinkedHeading) -> dict[str, str]:
    """Return a row of a table that is made of another form."""
    heading = linked.heading
    return {"record": heading.record, "thing": heading.key, "name": heading.name, **link_cells(linked)}
