"""`nbkg apply`: a patch brings a store or a file to the next version."""

from __future__ import annotations

from pathlib import Path

import click

from loader.changes.apply import apply_to_file, apply_to_store
from loader.commands.terminal import print_message
from nbkg.errors import UsageError
from nbkg.rdf.compression import uncompressed_name
from nbkg.storage.locations import default_store

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("patch", type=_PATH)
@click.argument("target", type=_PATH, required=False, metavar="[STORE|FILE.nq]")
@click.option("--out", type=_PATH, metavar="FILE", help="FILE.nq: where the new version is written.")
def apply(patch: Path, target: Path | None, out: Path | None) -> None:
    """Bring a built store, or an N-Quads file, to the version that PATCH produces.

    PATCH is an RDF Patch, such as changes/…/patch.rdfp.gz of a release. The hash of the canonical form is checked
    before and after, against the two versions that PATCH names. After an error everything is as it was. Without
    STORE: var/store of the checkout, or $NBKG_STORE.
    """
    path = target or default_store()
    if uncompressed_name(path).suffix == ".nq":
        if out is None:
            raise UsageError("--out says where the new version of a file is written; it may be the file itself")
        applied = apply_to_file(patch, path, out)
    elif out is not None:
        raise UsageError(f"{path}: --out is for an N-Quads file; a store gets its next version")
    else:
        applied = apply_to_store(patch, path)
    now = applied.header.version or applied.header.id
    print_message(f"{out or path}: {'now' if applied.fresh else 'already'} {now}, hash checked")
