"""The prefixes that may be declared in a document: what data says of prefixes is checked before it becomes syntax.

PN_PREFIX, https://www.w3.org/TR/turtle/#grammar-production-PN_PREFIX
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_NAME = re.compile(f"[{_BASE}](?:[{_MORE}.]*[{_MORE}])?")
_XML_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""The names that every parser of XML takes; those of other letters depend on the edition that it follows."""
_RESERVED = frozenset({"xml", "xmlns"})
"""https://www.w3.org/TR/xml-names/#xmlReserved"""
_OF_XML = re.compile(r"(?i:xml.*)|rdf|oxprefix")
"""The prefixes that are reserved in XML, and those that the engine declares in RDF/XML by itself."""
_NAMESPACES_OF_XML = frozenset({"http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace"})


def is_legal_prefix(prefix: str, namespace: str) -> bool:
    """Return whether a Turtle document or a query may declare the prefix for the namespace."""
    return bool(_NAME.fullmatch(prefix)) and prefix not in _RESERVED and _is_absolute(namespace)


def legal_prefixes(declared: Mapping[str, str], *, xml: bool = False) -> dict[str, str]:
    """Return the prefixes that a Turtle document or a query may declare; with `xml`, those that XML may declare too."""
    legal = {prefix: namespace for prefix, namespace in declared.items() if is_legal_prefix(prefix, namespace)}
    return {prefix: legal[prefix] for prefix in legal if not xml or _may_stand_in_xml(prefix, legal[prefix])}


def _may_stand_in_xml(prefix: str, namespace: str) -> bool:
    is_free = not _OF_XML.fullmatch(prefix) and namespace not in _NAMESPACES_OF_XML
    return is_free and bool(_XML_NAME.fullmatch(prefix))


def _is_absolute(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True
