"""A library's holding of what a record describes: the node for fields that are about the copies of one library ($5).

There is one for each library, whatever the number of its copies.
"""

from __future__ import annotations

from loader.marc.fields.control_fields import agency
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, RDA, A
from loader.marc.values.literals import path_segment


def library_item(code: str, into: Projection, instance: str = "") -> str:
    """Write that the library with a code of MARC holds an instance (that of the record), and return the item's node."""
    instance = instance or into.identity.instance
    folder, _mark, fragment = instance[:-1].replace("/instance/", "/item/", 1).partition("#")
    node = f"{folder}/{path_segment(code.lower())}{f'#{fragment}' if fragment else ''}>"
    into.triples += (
        f"{instance} {BF}hasItem> {node}",
        f"{node} {A} {BF}Item>",
        f"{node} {A} {RDA}C10003>",
        f"{node} {BF}itemOf> {instance}",
        f"{node} {BF}heldBy> {agency(code, into)}",
    )
    return node
