"""The box of a map (034 $d–$g): its coordinates as they are coded, and as a geometry that maps can be searched by.

https://www.loc.gov/marc/bibliographic/bd034.html, https://www.ogc.org/standards/geosparql/
"""

from __future__ import annotations

from loader.marc.fields.described_parts import digest
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, GEO, A
from loader.marc.values.coordinates import read_box, shape_of
from loader.marc.values.literals import literal


def write_box(sides: list[str], into: Projection) -> None:
    """Write four sides as one box; a side that cannot be read is in the text only, and reported."""
    work = into.identity.work
    node = part(work, f"coordinates-{digest(*sides)}")
    into.triples += (
        f"{work} {BF}cartographicAttributes> {node}",
        f"{node} {A} {BF}Cartographic>",
        f"{node} {BF}coordinates> {literal(' '.join(sides))}",
    )
    if box := read_box(sides):
        _write_geometry(node, shape_of(box), into)
    else:
        into.doubt("034", "d", "no-box", " ".join(sides))


def _write_geometry(node: str, shape: str, into: Projection) -> None:
    geometry = part(node, "geometry")
    into.triples += (
        f"{node} {A} {GEO}Feature>",
        f"{node} {GEO}hasGeometry> {geometry}",
        f"{geometry} {A} {GEO}Geometry>",
        f"{geometry} {GEO}asWKT> {literal(shape)}^^{GEO}wktLiteral>",
    )
