"""Identifiers with the addresses that they lead to, and where a thing can be read: urn.nb.no and IIIF manifests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.library.description import Description

_URN = re.compile(r"urn:nbn:no-[\w-]+", re.IGNORECASE)
_DIGITAL_OBJECT = re.compile(r"urn:nbn:no-nb_\w+", re.IGNORECASE)
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")


@dataclass(frozen=True)
class StandardNumber:
    """A number: its kind (`Isbn`, `Issn`, `Urn`), its value and qualifier, and where it leads to, if anywhere."""

    kind: str
    value: str
    qualifier: str
    href: str
    is_valid: bool


@dataclass(frozen=True)
class DigitalCopy:
    """A place where the thing itself can be read, and its IIIF manifest (https://iiif.io/api/presentation/)."""

    href: str
    text: str
    note: str
    manifest: str


def identifiers_of(node: NamedNode, described: Description) -> Sequence[StandardNumber]:
    """Return the identifiers of a thing, by kind."""
    collected = [
        identifier for part in described.nodes(node, "bf:identifiedBy") for identifier in _of_part(part, described)
    ]
    return sorted(dict.fromkeys(collected), key=lambda one: (not one.is_valid, one.kind, one.value))


def _of_part(part: NamedNode, described: Description) -> Iterable[StandardNumber]:
    kind = next((kind.removeprefix("bf:") for kind in sorted(described.kinds(part)) if kind != "bf:Identifier"), "")
    qualifier = described.text(part, "bf:qualifier")
    is_valid = not described.values(part, "bf:status")
    for value in described.values(part, "rdf:value"):
        text = value.value if isinstance(value, Literal | NamedNode) else ""
        if text:
            yield StandardNumber(
                kind or "Identifier", text, qualifier, _address(kind, text) if is_valid else "", is_valid
            )


def _address(kind: str, text: str) -> str:
    if text.startswith(("http://", "https://")):
        return text
    if urn := _URN.search(text):
        return f"https://urn.nb.no/{urn[0]}"
    if kind == "Doi":
        return f"https://doi.org/{quote(text, safe='/.:;()-')}"
    if kind in {"Issn", "IssnL"} and _ISSN.fullmatch(text):
        return f"https://portal.issn.org/resource/ISSN/{text}"
    return ""


def digital_copies(
    node: NamedNode, described: Description, identifiers: Sequence[StandardNumber]
) -> Sequence[DigitalCopy]:
    """Return where a thing can be read: its electronic locators, and its identifiers that are a URN:NBN."""
    copies: dict[str, DigitalCopy] = {}
    for value in described.values(node, "bf:electronicLocator"):
        address, note = _locator(value, described)
        if address:
            copies.setdefault(_same(address), DigitalCopy(address, address, note, manifest_of(address)))
    for one in identifiers:
        if one.href and _URN.search(one.value):
            copies.setdefault(_same(one.href), DigitalCopy(one.href, one.value, "", manifest_of(one.href)))
    return list(copies.values())


def _locator(value: object, described: Description) -> tuple[str, str]:
    if isinstance(value, Literal):
        return value.value if value.value.startswith(("http://", "https://")) else "", ""
    if not isinstance(value, NamedNode):
        return "", ""
    inner = next(
        (each.value for each in described.values(value, "rdf:value") if isinstance(each, Literal | NamedNode)), ""
    )
    note = ". ".join(text.value for text in described.texts(value, "rdfs:label", "bf:note"))
    return inner or ("" if "#" in value.value and value in described.statements else value.value), note


def _same(address: str) -> str:
    """Return what two addresses of one copy have in common: `http` and `https` lead to the same."""
    urn = _URN.search(address)
    return urn[0].lower() if urn else address


def manifest_of(address: str) -> str:
    """Return the address of the IIIF manifest of a digital object of the National Library, or an empty text.

    See https://api.nb.no/. A page of an object (`…_0026`) is no object of its own.
    """
    match = _DIGITAL_OBJECT.search(address)
    return f"https://api.nb.no/catalog/v1/iiif/URN:NBN:{match[0][len('urn:nbn:') :]}/manifest" if match else ""
