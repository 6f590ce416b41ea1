"""`datapackage.json`: the meaning of the tables of a release and of their columns.

https://specs.frictionlessdata.io/tabular-data-package/.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from loader.dumps.columns import Column
from loader.dumps.store_labels import StoreLabels
from loader.identifiers import slug
from loader.namespaces import DCTERMS, PREFIXES
from loader.release.dataset_layout import StoreDescription, texts
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.digests import file_digest

_SEVERAL_VALUES = "Flere verdier er skilt med « | ». / Several values are separated by “ | ”."


@dataclass(frozen=True)
class Table:
    """A table."""

    name: str
    iri: str
    """The IRI of its class."""
    rows: int
    columns: Sequence[Column]

    @property
    def path(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.csv"


def file_names(classes: Iterable[str]) -> dict[str, str]:
    """Return class to the name of its file: its local name, with the vocabulary's prefix where two are the same."""
    iris = sorted(classes)
    plain = {iri: slug(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local_name(iri))) or "thing" for iri in iris}
    uses = Counter(plain.values())
    names: dict[str, str] = {}
    for iri in iris:
        name = plain[iri] if uses[plain[iri]] == 1 else f"{_prefix(iri)}-{plain[iri]}"
        others = sum(other == name or other.startswith(f"{name}-x") for other in names.values())
        names[iri] = f"{name}-x{others}" if name in names.values() else name
    return names


def data_package(
    folder: Path, tables: Sequence[Table], description: StoreDescription, release: str, labels: StoreLabels
) -> bytes:
    """Return the description of the tables, which are in the folder."""
    everything = description.everything
    title = texts(description.graph.objects(everything, DCTERMS.title))
    package = {
        "profile": "tabular-data-package",
        "name": slug(local_name(str(everything))),
        "id": str(everything),
        "title": title.get("nb") or next(iter(title.values()), str(everything)),
        "version": release,
        "resources": [_resource(folder, table, labels) for table in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(folder: Path, table: Table, labels: StoreLabels) -> dict[str, Any]:
    node = ox.NamedNode(table.iri)
    content = folder / table.path
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": labels.label(node),
        **_description(labels.definition(node)),
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": content.stat().st_size,
        "hash": f"sha256:{file_digest(content)}",
        "rdfType": table.iri,
        "schema": {"fields": [*_fields(table, labels)], "primaryKey": "id", "missingValues": [""]},
    }


def _fields(table: Table, labels: StoreLabels) -> Iterator[dict[str, Any]]:
    yield {"name": "id", "type": "string", "format": "uri", "title": "IRI", "constraints": {"required": True}}
    for column in table.columns:
        definition = labels.definition(ox.NamedNode(column.key.property))
        text = " ".join(part for part in (definition, _SEVERAL_VALUES if column.several else "") if part)
        yield {
            "name": column.name,
            "type": column.type,
            **_description(text),
            "rdfType": column.key.property,
            **({"language": column.key.language} if column.key.language else {}),
        }


def _description(text: str) -> dict[str, str]:
    return {"description": text} if text else {}


def _prefix(iri: str) -> str:
    return next((prefix for prefix, space in PREFIXES.items() if iri.startswith(space)), "other")
