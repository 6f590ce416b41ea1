"""The index of a folder of releases for machines: JSON, DCAT, and the feed of all changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from nbkg.rdf.vocabulary import DCAT, DCTERMS, SPDX, XSD
from nbkg.void.description import TYPE
from sparql_endpoint.services.release_folder import Release, ReleaseFile, ReleaseFolder

FEED = "activities.jsonld"
_IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES = {"dcat": DCAT, "dcterms": DCTERMS, "spdx": SPDX, "xsd": XSD}


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
    return ox.serialize(_triples(folder, address), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _triples(folder: ReleaseFolder, address: str) -> Iterator[Triple]:
    catalogue = NamedNode(address)
    yield Triple(catalogue, TYPE, NamedNode(f"{DCAT}Catalog"))
    for one in folder.releases():
        release = NamedNode(f"{address}{one.name}/")
        yield Triple(catalogue, NamedNode(f"{DCAT}dataset"), release)
        yield Triple(release, TYPE, NamedNode(f"{DCAT}Dataset"))
        yield Triple(release, NamedNode(f"{DCAT}version"), Literal(one.name))
        yield Triple(release, NamedNode(f"{DCTERMS}issued"), Literal(one.issued, datatype=NamedNode(f"{XSD}date")))
        if one.previous:
            yield Triple(release, NamedNode(f"{DCAT}previousVersion"), NamedNode(f"{address}{one.previous}/"))
        for dataset in one.datasets:
            yield from _dataset(one, dataset, address)


def _dataset(one: Release, dataset: Any, address: str) -> Iterator[Triple]:
    release = NamedNode(f"{address}{one.name}/")
    part = NamedNode(f"{address}{one.name}/datasets/{dataset['name']}/")
    yield Triple(release, NamedNode(f"{DCTERMS}hasPart"), part)
    yield Triple(part, TYPE, NamedNode(f"{DCAT}Dataset"))
    yield Triple(part, NamedNode(f"{DCTERMS}isVersionOf"), NamedNode(dataset["iri"]))
    for language, title in dataset["title"].items():
        yield Triple(part, NamedNode(f"{DCTERMS}title"), Literal(title, language=language))
    if dataset["licence"]:
        yield Triple(part, NamedNode(f"{DCTERMS}license"), NamedNode(dataset["licence"]))
    for file in dataset["files"]:
        yield from _distribution(part, one.files[file["path"]], f"{address}{one.name}/")


def _distribution(dataset: NamedNode, file: ReleaseFile, address: str) -> Iterator[Triple]:
    distribution, checksum = NamedNode(f"{address}{file.path}"), BlankNode(f"b{file.sha256}")
    yield Triple(dataset, NamedNode(f"{DCAT}distribution"), distribution)
    yield Triple(distribution, TYPE, NamedNode(f"{DCAT}Distribution"))
    yield Triple(distribution, NamedNode(f"{DCAT}downloadURL"), distribution)
    yield Triple(distribution, NamedNode(f"{DCAT}mediaType"), NamedNode(_IANA + file.media_type))
    yield Triple(distribution, NamedNode(f"{DCAT}compressFormat"), NamedNode(_IANA + file.content_type))
    size = Literal(str(file.bytes), datatype=NamedNode(f"{XSD}nonNegativeInteger"))
    yield Triple(distribution, NamedNode(f"{DCAT}byteSize"), size)
    yield Triple(distribution, NamedNode(f"{SPDX}checksum"), checksum)
    yield Triple(checksum, NamedNode(f"{SPDX}algorithm"), NamedNode(f"{SPDX}checksumAlgorithm_sha256"))
    value = Literal(file.sha256, datatype=NamedNode(f"{XSD}hexBinary"))
    yield Triple(checksum, NamedNode(f"{SPDX}checksumValue"), value)


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
