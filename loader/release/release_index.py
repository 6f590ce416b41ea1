"""A release and its index `release.json`: read, checked, and written with the same bytes for the same release.

The layout of the folder around it is described in docs/releases.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from nbkg.errors import DataError

INDEX = "release.json"
CHECKSUMS = "SHA256SUMS"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_KEYS = {"media_type": "mediaType"}
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class File:
    """A file of the release."""

    path: str
    """Its path in the release's folder, with `/`."""
    bytes: int
    sha256: str
    media_type: str

    def __post_init__(self) -> None:
        if not is_inside(self.path):
            raise DataError(f"the path “{self.path}” leads out of the release", file=INDEX)
        if self.bytes < 0 or not _DIGEST.fullmatch(self.sha256):
            raise DataError(f"the size or the SHA-256 of {self.path} cannot be right", file=INDEX)


@dataclass(frozen=True)
class DataFile(File):
    """A dump file: a data set in one format and compression."""

    format: str
    """The suffix of its name without the compression: nq, nt, ttl, trig, jsonld or rdf."""
    compression: str
    """The suffix for the compression: gz or zst."""
    triples: int
    """The number of its statements: quads where the format has graphs, else triples, each once."""


@dataclass(frozen=True)
class GraphPart:
    """A graph of a data set."""

    iri: str | None
    """The graph's IRI; None is the default graph."""
    triples: int
    rdfc10: str | None
    """SHA-256 of the graph's canonical N-Triples (RDFC-1.0, https://www.w3.org/TR/rdf-canon/), hexadecimal.

    None where there are too many blank nodes to be labelled in bounded time and memory.
    """
    licence: str | None
    """The licence's IRI; None where the graph's texts have terms of their own, which stand in LICENSE."""


@dataclass(frozen=True)
class DataSet:
    """Graphs that are published together."""

    name: str
    """The name of its folder and files."""
    iri: str
    title: Mapping[str, str]
    """Language to title."""
    licence: str | None
    """The licence's IRI where all its graphs have the same, else None."""
    graphs: Sequence[GraphPart]
    """Its graphs by IRI, the default graph first."""
    files: Sequence[DataFile]
    """Its dump files by path."""

    @property
    def quads(self) -> int:
        """Return the number of statements: a triple counts in each graph that holds it."""
        return sum(graph.triples for graph in self.graphs)

    @property
    def folder(self) -> str:
        """Return its folder in the release."""
        return f"datasets/{self.name}"


@dataclass(frozen=True)
class Release:
    """A release: its data sets and every file but `release.json` itself and `SHA256SUMS`."""

    name: str
    """Its name, which begins with a date; the key `version` of the index."""
    issued: str
    """The day on which the data was last changed, as the data says: YYYY-MM-DD."""
    previous: str | None
    """The name of the release before."""
    tool: str
    datasets: Sequence[DataSet]
    files: Sequence[File] = field(default_factory=tuple)
    """The files that are of no data set, by path."""

    def __post_init__(self) -> None:
        for name in (self.name, *([self.previous] if self.previous else [])):
            if not is_release_name(name):
                raise DataError(f"“{name}” cannot be the name of a release", file=INDEX)

    def every_file(self) -> Iterator[File]:
        """Yield all files that the index names, by path."""
        files: list[File] = [*self.files, *(file for dataset in self.datasets for file in dataset.files)]
        yield from sorted(files, key=lambda file: file.path)

    def dataset(self, name: str) -> DataSet | None:
        """Return the data set of that name, if there is one."""
        return next((dataset for dataset in self.datasets if dataset.name == name), None)

    def as_json(self) -> bytes:
        """Return the index as it is written."""
        fields = _json(asdict(self))
        fields["version"] = fields.pop("name")
        return (json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def is_release_name(name: str) -> bool:
    """Return whether a release may have that name, which names a folder and is a part of addresses."""
    return _NAME.fullmatch(name) is not None


def is_inside(path: str) -> bool:
    """Return whether a path stays within the folder that it is read from."""
    return bool(path) and "\\" not in path and not path.startswith("/") and ".." not in PurePosixPath(path).parts


def read_release(content: bytes) -> Release:
    """Return the release that an index describes. Raises DataError for content that is no index."""
    try:
        index = json.loads(content)
        return Release(
            name=_text(index["version"]),
            issued=_text(index["issued"]),
            previous=_text_or_none(index["previous"]),
            tool=_text(index["tool"]),
            datasets=tuple(_dataset(one) for one in index["datasets"]),
            files=tuple(File(**_file(one)) for one in index["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"is not the index of a release: {type(error).__name__} {error}", file=INDEX) from error


def _dataset(entry: Mapping[str, Any]) -> DataSet:
    return DataSet(
        name=_text(entry["name"]),
        iri=_text(entry["iri"]),
        title={_text(language): _text(title) for language, title in entry["title"].items()},
        licence=_text_or_none(entry["licence"]),
        graphs=tuple(_graph(one) for one in entry["graphs"]),
        files=tuple(_data_file(one) for one in entry["files"]),
    )


def _graph(entry: Mapping[str, Any]) -> GraphPart:
    digest = _text_or_none(entry["rdfc10"])
    return GraphPart(_text_or_none(entry["iri"]), int(entry["triples"]), digest, _text_or_none(entry["licence"]))


def _data_file(entry: Mapping[str, Any]) -> DataFile:
    format_, compression = _text(entry["format"]), _text(entry["compression"])
    return DataFile(**_file(entry), format=format_, compression=compression, triples=int(entry["triples"]))


def _file(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "path": _text(entry["path"]),
        "bytes": int(entry["bytes"]),
        "sha256": _text(entry["sha256"]),
        "media_type": _text(entry["mediaType"]),
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, not {value!r}")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _json(value: Any) -> Any:
    """Return a value with the keys of the index in place of the names of fields."""
    if isinstance(value, dict):
        return {_KEYS.get(name, name): _json(one) for name, one in value.items()}
    return [_json(one) for one in value] if isinstance(value, (list, tuple)) else value
