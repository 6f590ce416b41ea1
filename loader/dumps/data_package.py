"""`datapackage.json`: what the tables of a release and their columns mean.

https://specs.frictionlessdata.io/tabular-data-package/.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from loader.dumps.columns import Column
from loader.dumps.labels import Labels, end
from loader.identifiers import slug
from loader.namespaces import DCTERMS, PREFIXES
from loader.release.dataset_layout import Description, texts

_SEVERAL = "Flere verdier er skilt med « | ». / Several values are parted by “ | ”."


@dataclass(frozen=True)
class Table:
    """A table."""

    name: str
    iri: str
    """That of the class."""
    rows: int
    columns: Sequence[Column]

    @property
    def path(self) -> str:
        """Its file."""
        return f"{self.name}.csv"


def file_names(classes: Iterable[str]) -> dict[str, str]:
    """Class to the name of its file: the end of its IRI, with the vocabulary's prefix where two end in the same."""
    given = sorted(classes)
    plain = {iri: slug(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", end(iri))) or "thing" for iri in given}
    often = Counter(plain.values())
    names: dict[str, str] = {}
    for iri in given:
        name = plain[iri] if often[plain[iri]] == 1 else f"{_prefix(iri)}-{plain[iri]}"
        taken = sum(other == name or other.startswith(f"{name}-x") for other in names.values())
        names[iri] = f"{name}-x{taken}" if name in names.values() else name
    return names


def data_package(folder: Path, tables: Sequence[Table], said: Description, version: str, labels: Labels) -> bytes:
    """The description of the tables, which are in the folder."""
    title = texts(said.graph.objects(said.whole, DCTERMS.title))
    told = {
        "profile": "tabular-data-package",
        "name": slug(end(str(said.whole))),
        "id": str(said.whole),
        "title": title.get("nb") or next(iter(title.values()), str(said.whole)),
        "version": version,
        "resources": [_resource(folder, table, labels) for table in tables],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(folder: Path, table: Table, labels: Labels) -> dict[str, Any]:
    node = ox.NamedNode(table.iri)
    content = folder / table.path
    with content.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": labels.name(node),
        **_told(labels.definition(node)),
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": content.stat().st_size,
        "hash": f"sha256:{digest}",
        "rdfType": table.iri,
        "schema": {"fields": [*_fields(table, labels)], "primaryKey": "id", "missingValues": [""]},
    }


def _fields(table: Table, labels: Labels) -> Iterator[dict[str, Any]]:
    yield {"name": "id", "type": "string", "format": "uri", "title": "IRI", "constraints": {"required": True}}
    for column in table.columns:
        definition = labels.definition(ox.NamedNode(column.kind.property))
        words = " ".join(part for part in (definition, _SEVERAL if column.several else "") if part)
        yield {
            "name": column.name,
            "type": column.type,
            **_told(words),
            "rdfType": column.kind.property,
            **({"language": column.kind.language} if column.kind.language else {}),
        }


def _told(words: str) -> dict[str, str]:
    return {"description": words} if words else {}


def _prefix(iri: str) -> str:
    return next((prefix for prefix, space in PREFIXES.items() if iri.startswith(space)), "other")
