"""The index of a folder of releases for machines: JSON, DCAT, and the feed of all changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint.services.release_folder import Release, ReleaseFile, ReleaseFolder

FEED = "activities.jsonld"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCT = "http://purl.org/dc/terms/"
_SPDX = "http://spdx.org/rdf/terms#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_IANA = "https://www.iana.org/assignments/media-types/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PREFIXES = {"dcat": _DCAT, "dcterms": _DCT, "spdx": _SPDX, "xsd": _XSD}


def serialize_json(folder: ReleaseFolder, address: str) -> bytes:
    """Return the releases, the newest first, each with the address of its index; `address` is that of the folder."""
    document = {
        "latest": folder.latest(),
        "activities": f"{address}{FEED}",
        "releases": [
            {
                "version": one.name,
                "issued": one.issued,
                "previous": one.previous,
                "address": f"{address}{one.name}/",
                "index": f"{address}{one.name}/release.json",
            }
            for one in folder.releases()
        ],
    }
    return _json_bytes(document)


def serialize_turtle(folder: ReleaseFolder, address: str) -> bytes:
    """Return the same as DCAT 3: a catalogue of the releases, each a version of one data set, with its files.

    https://www.w3.org/TR/vocab-dcat-3/#dataset-versions; the full record of a release is its own catalog.ttl.
    """
    output = BytesIO()
    ox.serialize(_triples(folder, address), output, ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return output.getvalue()


def _triples(folder: ReleaseFolder, address: str) -> Iterator[Triple]:
    catalogue = NamedNode(address)
    yield Triple(catalogue, _TYPE, NamedNode(f"{_DCAT}Catalog"))
    for one in folder.releases():
        release = NamedNode(f"{address}{one.name}/")
        yield Triple(catalogue, NamedNode(f"{_DCAT}dataset"), release)
        yield Triple(release, _TYPE, NamedNode(f"{_DCAT}Dataset"))
        yield Triple(release, NamedNode(f"{_DCAT}version"), Literal(one.name))
        yield Triple(release, NamedNode(f"{_DCT}issued"), Literal(one.issued, datatype=NamedNode(f"{_XSD}date")))
        if one.previous:
            yield Triple(release, NamedNode(f"{_DCAT}previousVersion"), NamedNode(f"{address}{one.previous}/"))
        for dataset in one.datasets:
            yield from _dataset(one, dataset, address)


def _dataset(one: Release, dataset: Any, address: str) -> Iterator[Triple]:
    release = NamedNode(f"{address}{one.name}/")
    part = NamedNode(f"{address}{one.name}/datasets/{dataset['name']}/")
    yield Triple(release, NamedNode(f"{_DCT}hasPart"), part)
    yield Triple(part, _TYPE, NamedNode(f"{_DCAT}Dataset"))
    yield Triple(part, NamedNode(f"{_DCT}isVersionOf"), NamedNode(dataset["iri"]))
    for language, title in dataset["title"].items():
        yield Triple(part, NamedNode(f"{_DCT}title"), Literal(title, language=language))
    if dataset["licence"]:
        yield Triple(part, NamedNode(f"{_DCT}license"), NamedNode(dataset["licence"]))
    for file in dataset["files"]:
        yield from _distribution(part, one.files[file["path"]], f"{address}{one.name}/")


def _distribution(dataset: NamedNode, file: ReleaseFile, address: str) -> Iterator[Triple]:
    distribution, checksum = NamedNode(f"{address}{file.path}"), BlankNode(f"b{file.sha256}")
    yield Triple(dataset, NamedNode(f"{_DCAT}distribution"), distribution)
    yield Triple(distribution, _TYPE, NamedNode(f"{_DCAT}Distribution"))
    yield Triple(distribution, NamedNode(f"{_DCAT}downloadURL"), distribution)
    yield Triple(distribution, NamedNode(f"{_DCAT}mediaType"), NamedNode(_IANA + file.media_type))
    yield Triple(distribution, NamedNode(f"{_DCAT}compressFormat"), NamedNode(_IANA + file.content_type))
    size = Literal(str(file.bytes), datatype=NamedNode(f"{_XSD}nonNegativeInteger"))
    yield Triple(distribution, NamedNode(f"{_DCAT}byteSize"), size)
    yield Triple(distribution, NamedNode(f"{_SPDX}checksum"), checksum)
    yield Triple(checksum, NamedNode(f"{_SPDX}algorithm"), NamedNode(f"{_SPDX}checksumAlgorithm_sha256"))
    value = Literal(file.sha256, datatype=NamedNode(f"{_XSD}hexBinary"))
    yield Triple(checksum, NamedNode(f"{_SPDX}checksumValue"), value)


def serialize_feed(releases: Sequence[Release], address: str) -> bytes:
    """Return the collection of all releases' activities: from the newest page, each leads to the next older one.

    https://www.w3.org/TR/activitystreams-core/#collections
    """
    steps = [step for one in releases for step in _steps(one)]
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/activitystreams", "https://emm-spec.org/1.0/context.json"],
        "type": "OrderedCollection",
        "id": f"{address}{FEED}",
        "summary": "What changed, release by release, the newest first",
        "url": address,
        "totalItems": sum(step["totalItems"] for step in steps),
    }
    if steps:
        document |= {"first": steps[0]["first"], "last": steps[-1]["last"]}
    return _json_bytes(document)


def _json_bytes(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _steps(one: Release) -> Iterator[dict[str, Any]]:
    path = f"changes/{one.previous}/{FEED}"
    if one.previous and (match := one.find_file(path)):
        step: dict[str, Any] = json.loads(match[0].read_text(encoding="utf-8"))
        yield step
