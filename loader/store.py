"""Built stores on disk: immutable versions and a `current` link that is switched in one step.

STORE/store.json           {"format": 1, "kind": "built"}
STORE/versions/3/          an Oxigraph directory, never written again
STORE/versions/3.json      {"version": 3, "hash": sha256 of what was loaded, "quads": how many, "union": true,
                            "plain": what its default graph was before: "empty", "all" of it, or "mixed"}
STORE/current              → versions/3

Its graph `graph/void` is its description, with its numbers (https://www.w3.org/TR/void/), made by `loader.merge`.

The store's own default graph is the RDF merge of everything that was loaded ("union": true). Oxigraph can be told to
take all graphs as the default graph, but then finds a triple once for each graph that holds it: counts come out wrong.
Where both the default graph and named graphs were loaded nobody can tell any more what the plain default graph was
("mixed"); such a store is served with the union only.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from loader.errors import CuratedError, ServiceError, UsageError
from loader.merge import complete, description
from loader.namespaces import BASE

_FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
SUFFIXES = frozenset(_FORMATS)
"""The endings of files that can be loaded."""
_KEPT = 2
"""Versions kept: the current one and the one before, which a reader may still have open."""


@dataclass(frozen=True)
class Version:
    """One version of a built store."""

    number: int
    hash: str
    quads: int
    plain: str = "empty"
    """What the plain default graph was: `empty`, `all` of the data, or `mixed` with named graphs."""
    fresh: bool = True
    """False where the same content was current already."""

    def as_json(self) -> str:
        """The version's description as it stands beside it."""
        about = {"version": self.number, "hash": self.hash, "quads": self.quads}
        return json.dumps({**about, "union": True, "plain": self.plain}) + "\n"


def load(store: Path, files: Sequence[Path], graph: str | None = None, base: str = BASE) -> Version:
    """Makes the next version of a store from RDF files and switches to it; the version before stays until then.

    `graph` names the graph of triples that a file puts in none; what begins with `base` is described as the data set's
    own, in its graph `graph/void`, which is made anew whatever the files say. Raises UsageError for a missing or
    unknown kind of file or a writable store, CuratedError for one that does not parse, ServiceError where another load
    is running.
    """
    formats = [_format(file) for file in files]
    _refuse_writable(store)
    (store / "versions").mkdir(parents=True, exist_ok=True)
    with _locked(store):
        digest = _hash(files, graph, base)
        before = _current(store)
        if before and before.hash == digest:
            return replace(before, fresh=False)
        number = before.number + 1 if before else 1
        quads, plain = _fill(store / "versions" / str(number), files, formats, graph, base)
        version = Version(number, digest, quads, plain)
        _switch(store, version)
        return version


def _format(file: Path) -> ox.RdfFormat:
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    try:
        return _FORMATS[file.suffix.lower()]
    except KeyError:
        raise UsageError(f"{file}: unknown kind of file; expected one of {' '.join(sorted(_FORMATS))}") from None


def _refuse_writable(store: Path) -> None:
    about = store / "store.json"
    if store.exists() and not store.is_dir():
        raise UsageError(f"{store}: is a file; expected a store's folder")
    if about.is_file() and json.loads(about.read_text()).get("kind") != "built":
        raise UsageError(f"{store}: is a writable store, its own truth; it is not rebuilt from files")


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    with (store / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServiceError(f"{store}: another load is running; wait for it") from error
        yield


def _hash(files: Sequence[Path], graph: str | None, base: str) -> str:
    digest = hashlib.sha256((graph or "").encode())
    if base != BASE:
        digest.update(f" {base}".encode())
    for file in files:
        digest.update(file.suffix.encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _current(store: Path) -> Version | None:
    link = store / "current"
    if not link.is_symlink():
        return None
    about = json.loads((store / f"{link.readlink()}.json").read_text())
    return Version(about["version"], about["hash"], about["quads"], about.get("plain", "empty"))


def _fill(
    folder: Path, files: Sequence[Path], formats: Sequence[ox.RdfFormat], graph: str | None, base: str
) -> tuple[int, str]:
    building = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    target = ox.NamedNode(graph) if graph else None
    made = ox.Store(str(building))
    for file, kind in zip(files, formats, strict=True):
        try:
            made.bulk_load(path=str(file), format=kind, to_graph=None if kind.supports_datasets else target)
        except (SyntaxError, ValueError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else None
            del made
            shutil.rmtree(building, ignore_errors=True)
            raise CuratedError(f"does not parse: {error}", file=file, line=line) from error
    if made.contains_named_graph(void := description(base)):
        made.remove_graph(void)
    quads, plain = len(made), _plain(made)
    complete(made, plain, base)
    made.flush()
    del made
    building.rename(folder)
    return quads, plain


def _plain(store: ox.Store) -> str:
    """What the default graph is: `empty`, `all` there is, or `mixed` with named graphs."""
    if next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is None:
        return "empty"
    return "all" if next(iter(store.named_graphs()), None) is None else "mixed"


def _switch(store: Path, version: Version) -> None:
    versions = store / "versions"
    _replace(store / "store.json", json.dumps({"format": 1, "kind": "built"}) + "\n")
    _replace(versions / f"{version.number}.json", version.as_json())
    link = store / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("versions") / str(version.number))
    link.replace(store / "current")
    for old in versions.iterdir():
        number = old.name.strip(".").partition(".")[0]
        if number.isdigit() and int(number) <= version.number - _KEPT:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}")
    new.write_text(text)
    new.replace(path)
