"""Whether all formats of a data set say the same, and what the index says of it: counts and canonical hashes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from loader.dumps.formats import FORMS
from loader.dumps.sorted_graphs import Spool, hashed, merged_triples
from loader.release.model import DataFile, DataSet
from loader.verify.file_contents import Contents, contents, unpacked_digest
from loader.verify.findings import Finding
from nbkg.errors import DataError
from nbkg.rdf.blank_node_labels import BlankNodeLabeller
from nbkg.rdf.diff import DiffKind, diff_lines
from nbkg.rdf.nquads import has_blank_node

_FIRST = "nq"
"""The format that is read first, which the others are compared with."""


@dataclass
class Read:
    """A data set as its files have it."""

    dataset: DataSet
    naming: BlankNodeLabeller
    first: Contents | None = None
    """What its N-Quads hold; None where they cannot be read."""


def data_findings(folder: Path, read: Read, scratch: Path) -> Iterator[Finding]:
    """What is wrong with the data files of a data set; `read.first` is known afterwards, its lines are in `scratch`."""
    files = sorted(read.dataset.files, key=lambda file: (file.format != _FIRST, file.path))
    if not any(file.format == _FIRST for file in files):
        yield Finding(read.dataset.folder, "has no N-Quads, which all else is compared with")
    unpacked: dict[str, str] = {}
    for file in files:
        if not (folder / file.path).is_file():
            continue
        if file.format not in FORMS:
            yield Finding(file.path, f"is in the format {file.format}, which is not known here")
            continue
        try:
            digest = unpacked_digest(folder / file.path)
            if file.format not in unpacked:
                unpacked[file.format] = digest
                yield from _compared(folder, file, read, scratch / file.format)
            elif unpacked[file.format] != digest:
                yield Finding(file.path, "unpacked it is not the same file as in the other compression")
        except DataError as error:
            yield Finding(file.path, str(error))


def _compared(folder: Path, file: DataFile, read: Read, scratch: Path) -> Iterator[Finding]:
    held = contents(folder / file.path, file.format, scratch, read.naming)
    if held.count != file.triples:
        yield Finding(file.path, f"holds {held.count} statements, not {file.triples}")
    if file.format == _FIRST:
        read.first = held
        yield from _told(held, read.dataset)
        return
    expected = _expected(read, FORMS[file.format].has_graphs, scratch / "expected")
    yield from (Finding(file.path, problem) for problem in _differences(expected, held.spools))
    shutil.rmtree(scratch)


def _told(held: Contents, dataset: DataSet) -> Iterator[Finding]:
    """What the index says of graphs, and what the N-Quads say."""
    known = {graph.iri: graph for graph in dataset.graphs}
    for iri in sorted({*known, *held.spools}, key=lambda iri: iri or ""):
        place = f"{dataset.folder}: {iri or 'the default graph'}"
        if iri not in known:
            yield Finding(place, "the index does not name this graph")
        elif iri not in held.spools:
            if known[iri].triples:
                yield Finding(place, "the index names this graph, the data has nothing of it")
        elif held.spools[iri].triples != known[iri].triples:
            yield Finding(place, f"holds {held.spools[iri].triples} statements, not {known[iri].triples}")
        elif held.spools[iri].rdfc10 != known[iri].rdfc10:
            yield Finding(place, "its canonical hash (RDFC-1.0) is not the one in the index")


def _expected(read: Read, graphs: bool, scratch: Path) -> Mapping[str | None, Spool]:
    """What a format holds where it says what the N-Quads say."""
    if read.first is None:
        return {}
    if graphs:
        return read.first.spools
    scratch.mkdir(parents=True)
    ground, blank, count = scratch / "ground", scratch / "blank", 0
    with ground.open("wb") as plain, blank.open("wb") as others:
        for line in merged_triples([*read.first.spools.values()]):
            (others if has_blank_node(line) else plain).write(line)
            count += 1
    (spool,) = hashed([Spool(None, ground, blank, count)], read.naming)
    return {None: spool}


def _differences(expected: Mapping[str | None, Spool], held: Mapping[str | None, Spool]) -> Iterator[str]:
    for iri in sorted({*expected, *held}, key=lambda iri: iri or ""):
        one, other = expected.get(iri), held.get(iri)
        if one is None or other is None:
            yield f"{'lacks' if other is None else 'has'} the graph {iri or 'without a name'}, unlike the N-Quads"
        elif _hash(one) != _hash(other):
            yield f"says something else than the N-Quads{_example(one, other)}"


def _hash(spool: Spool) -> tuple[int, str]:
    """The canonical hash; where there is none, that of the statements without blank nodes, and how many there are."""
    if spool.rdfc10:
        return spool.triples, spool.rdfc10
    with spool.ground.open("rb") as stream:
        return spool.triples, hashlib.file_digest(stream, "sha256").hexdigest()


def _example(one: Spool, other: Spool) -> str:
    """The first statement that only one of the two has."""
    steps = diff_lines(one.lines(), other.lines())
    found = next(islice((step for step in steps if step[0] is not DiffKind.UNCHANGED), 1), None)
    if found is None:
        return ""
    what = "it lacks" if found[0] is DiffKind.REMOVED else "it adds"
    return f"; {what} {found[1].decode().strip()}"
