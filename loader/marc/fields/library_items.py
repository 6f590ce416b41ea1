"""A library's holding of what a record describes: the node for fields that are about the copies of one library ($5).

There is one for each library, whatever the number of its copies.
"""

from __future__ import annotations

from loader.marc.fields.control_fields import agency
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, LABEL, RDA, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import path_segment


def library_item(code: str, into: Projection, instance: str = "") -> str:
    """Write that the library with a code of MARC holds an instance (that of the record), and return the item's node."""
    return _write_item(path_segment(code.lower()), agency(code, into), instance or into.identity.instance, into)


def named_library_item(name: str, into: Projection) -> tuple[str, str]:
    """Write that the library with a name holds the instance of the record; return the nodes of item and library."""
    name = without_end_mark(name)
    agent = into.scoped("agent", hashed("provision", heading_key(name)))
    into.triples += (f"{agent} {A} {BF}Agent>", f"{agent} {LABEL} {into.text(name)}")
    return _write_item(f"name-{hashed(heading_key(name))}", agent, into.identity.instance, into), agent


def _write_item(key: str, library: str, instance: str, into: Projection) -> str:
    folder, _mark, fragment = instance[:-1].replace("/instance/", "/item/", 1).partition("#")
    node = f"{folder}/{key}{f'#{fragment}' if fragment else ''}>"
    into.triples += (
        f"{instance} {BF}hasItem> {node}",
        f"{node} {A} {BF}Item>",
        f"{node} {A} {RDA}C10003>",
        f"{node} {BF}itemOf> {instance}",
        f"{node} {BF}heldBy> {library}",
    )
    return node
