"""Mints every IRI of the loader, from keys alone (docs/data-model.md)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date

from rdflib import URIRef

from loader.namespaces import BASE, NBKG

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


def slug(words: str, *, most: int | None = None) -> str:
    """The words in lower case ASCII joined by '-'; at the most `most` words."""
    plain = unicodedata.normalize("NFKD", words.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())[:most])


def resource(kind: str, *keys: str | int) -> URIRef:
    """`id/{kind}/{key}/…`."""
    return URIRef(f"{BASE}id/{kind}/" + "/".join(str(key) for key in keys))


def graph(name: str) -> URIRef:
    """`graph/{name}`, the name of a named graph."""
    return URIRef(f"{BASE}graph/{name}")


def dataset(name: str) -> URIRef:
    """`dataset/{name}`, a data set that nbkg publishes."""
    return URIRef(f"{BASE}dataset/{name}")


def concept(scheme: str, key: str) -> URIRef:
    """`id/concept/{scheme}/{key}`."""
    return resource("concept", scheme, key)


def report(issued: date) -> URIRef:
    """`id/report/{date}`."""
    return resource("report", issued.isoformat())


def text(issued: date) -> URIRef:
    """`id/text/{date}`, the report's whole text."""
    return resource("text", issued.isoformat())


def measure(strategy: str, key: str) -> URIRef:
    """`id/measure/{strategy}/{key}`."""
    return resource("measure", strategy, key)


def observation(issued: date, measure_key: str) -> URIRef:
    """`id/observation/{date}/{measure key}`."""
    return resource("observation", issued.isoformat(), measure_key)


def below(node: URIRef, kind: str, key: str | int) -> URIRef:
    """`{node}/{kind}/{key}`, a node that belongs to another."""
    return URIRef(f"{node}/{kind}/{key}")


def part(node: URIRef, name: str) -> URIRef:
    """`{node}#{name}`, a part of a thing that is described where the thing is."""
    return URIRef(f"{node}#{name}")


def described(kind: str, *of: str) -> URIRef:
    """`id/{kind}/{hash}`, a part of a description that has no key of its own: the hash is of what it is about."""
    return resource(kind, hashlib.sha256(" ".join(of).encode()).hexdigest()[:24])


def term(name: str) -> URIRef:
    """`ns#{name}`."""
    return NBKG[name]
