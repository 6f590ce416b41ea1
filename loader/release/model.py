"""What a release is, and its index `release.json`: read, checked, and written with the same bytes for the same release.

The layout of the folder around it stands in docs/releases.md.
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
SUMS = "SHA256SUMS"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class File:
    """A file of the release."""

    path: str
    """From the release's folder, with `/`."""
    bytes: int
    sha256: str
    media_type: str

    def __post_init__(self) -> None:
        if not is_inside(self.path):
            raise DataError(f"the path “{self.path}” leads out of the release", file=INDEX)
        if self.bytes < 0 or not _DIGEST.fullmatch(self.sha256):
            raise DataError(f"the size or the SHA-256 of {self.path} is none", file=INDEX)


@dataclass(frozen=True)
class DataFile(File):
    """A data set in one format and compression."""

    format: str
    """The ending of its name without the compression: nq, nt, ttl, trig, jsonld or rdf."""
    compression: str
    """The ending for the compression: gz or zst."""
    triples: int
    """Statements in the file: quads where the format has graphs, else triples, each once."""


@dataclass(frozen=True)
class GraphPart:
    """A graph of a data set."""

    iri: str | None
    """None is the default graph."""
    triples: int
    rdfc10: str | None
    """SHA-256 of the graph's canonical N-Triples (RDFC-1.0, https://www.w3.org/TR/rdf-canon/), hexadecimal.

    None where too many blank nodes hang together to be named in bounded time.
    """
    licence: str | None
    """The licence's IRI; None where the graph's words have terms of their own, told in LICENSE."""


@dataclass(frozen=True)
class DataSet:
    """Graphs that are published together."""

    name: str
    """The name of its folder and files."""
    iri: str
    title: Mapping[str, str]
    """Language to title."""
    licence: str | None
    """The licence's IRI where all its graphs have the same; else None."""
    graphs: Sequence[GraphPart]
    """By IRI, the default graph first."""
    files: Sequence[DataFile]
    """By path."""

    @property
    def quads(self) -> int:
        """Statements of all graphs: a triple counts in each graph that holds it."""
        return sum(graph.triples for graph in self.graphs)

    @property
    def folder(self) -> str:
        """Its folder in the release."""
        return f"datasets/{self.name}"


@dataclass(frozen=True)
class Release:
    """A release: its data sets and every file but `release.json` itself and `SHA256SUMS`."""

    version: str
    issued: str
    """YYYY-MM-DD: the day that the data was last changed, as the data says."""
    previous: str | None
    """The version of the release before."""
    tool: str
    datasets: Sequence[DataSet]
    files: Sequence[File] = field(default_factory=tuple)
    """The files that are of no data set, by path."""

    def __post_init__(self) -> None:
        for version in (self.version, *([self.previous] if self.previous else [])):
            if not is_version(version):
                raise DataError(f"“{version}” is no version's name", file=INDEX)

    def every_file(self) -> Iterator[File]:
        """All files that the index names, by path."""
        found: list[File] = [*self.files, *(file for dataset in self.datasets for file in dataset.files)]
        yield from sorted(found, key=lambda file: file.path)

    def dataset(self, name: str) -> DataSet | None:
        """The data set of that name."""
        return next((dataset for dataset in self.datasets if dataset.name == name), None)

    def as_json(self) -> bytes:
        """The index, ending in a line feed."""
        return (json.dumps(_json(asdict(self)), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def is_version(name: str) -> bool:
    """Whether a release may have that name: it is a folder's, and part of addresses."""
    return _VERSION.fullmatch(name) is not None


def is_inside(path: str) -> bool:
    """Whether a path stays within the folder that it is read from."""
    return bool(path) and "\\" not in path and not path.startswith("/") and ".." not in PurePosixPath(path).parts


def read_release(content: bytes) -> Release:
    """The release that an index describes. Raises DataError for one that does not say what an index says."""
    try:
        told = json.loads(content)
        return Release(
            version=_text(told["version"]),
            issued=_text(told["issued"]),
            previous=_text_or_none(told["previous"]),
            tool=_text(told["tool"]),
            datasets=tuple(_dataset(one) for one in told["datasets"]),
            files=tuple(File(**_file(one)) for one in told["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"is no index of a release: {type(error).__name__} {error}", file=INDEX) from error


def _dataset(told: Mapping[str, Any]) -> DataSet:
    return DataSet(
        name=_text(told["name"]),
        iri=_text(told["iri"]),
        title={_text(language): _text(title) for language, title in told["title"].items()},
        licence=_text_or_none(told["licence"]),
        graphs=tuple(_graph(one) for one in told["graphs"]),
        files=tuple(_data_file(one) for one in told["files"]),
    )


def _graph(told: Mapping[str, Any]) -> GraphPart:
    digest = _text_or_none(told["rdfc10"])
    return GraphPart(_text_or_none(told["iri"]), int(told["triples"]), digest, _text_or_none(told["licence"]))


def _data_file(told: Mapping[str, Any]) -> DataFile:
    form, compression = _text(told["format"]), _text(told["compression"])
    return DataFile(**_file(told), format=form, compression=compression, triples=int(told["triples"]))


def _file(told: Mapping[str, Any]) -> dict[str, Any]:
    size = int(told["bytes"])
    return {
        "path": _text(told["path"]),
        "bytes": size,
        "sha256": _text(told["sha256"]),
        "media_type": _text(told["mediaType"]),
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, not {value!r}")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _json(value: Any) -> Any:
    """The same with the names of JSON."""
    if isinstance(value, dict):
        return {"mediaType" if name == "media_type" else name: _json(one) for name, one in value.items()}
    return [_json(one) for one in value] if isinstance(value, (list, tuple)) else value
