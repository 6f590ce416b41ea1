"""Terms as people read them: names in their language, links to pages of this host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint import languages
from sparql_endpoint.queries import query
from sparql_endpoint.serving import Serving
from sparql_endpoint.stores.base import Term

_LINKED = ("http", "https")


@dataclass(frozen=True)
class Shown:
    """A term to show: its text, the text's language, where it leads, and what it is in full."""

    text: str
    language: str | None = None
    href: str | None = None
    title: str | None = None
    node: str | None = None
    """The key of a blank node, whose statements are shown in its place."""


@dataclass
class Display:
    """Shows terms in one language to one request; a name is asked for once."""

    serving: Serving
    language: str
    root: str = ""
    """The path below which this application is mounted."""
    keep_language: bool = False
    """True where links should go on asking for this language."""
    _names: dict[NamedNode, tuple[str, str | None]] = field(default_factory=dict)

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        return self.serving.prefixes()

    def show(self, term: Term) -> Shown:
        """The term as it is shown."""
        if isinstance(term, Literal):
            datatype = None if term.language else self.compact(term.datatype.value)
            return Shown(term.value, language=term.language, title=None if datatype == "xsd:string" else datatype)
        if isinstance(term, NamedNode):
            name, language = self.name(term)
            return Shown(name, language=language, href=self.href(term.value), title=term.value)
        if isinstance(term, BlankNode):
            return Shown("", node=term.value)
        return Shown(_quoted(term))

    def plain(self, term: Term) -> Shown:
        """The term itself, without looking for its name: rows of results may be many."""
        if isinstance(term, NamedNode):
            return Shown(self.compact(term.value), href=self.href(term.value), title=term.value)
        return Shown(f"_:{term.value}") if isinstance(term, BlankNode) else self.show(term)

    def name(self, node: NamedNode) -> tuple[str, str | None]:
        """The node's best label and its language; its short form where it has none."""
        if node not in self._names:
            self._names[node] = self._label(node) or (self.compact(node.value), None)
        return self._names[node]

    def _label(self, node: NamedNode) -> tuple[str, str | None] | None:
        found = [
            (languages.rank(label.language, self.language), int(rank.value), label.value, label.language)
            for row in self.serving.store.select(query("labels"), {"iri": node})
            if isinstance(label := row["label"], Literal) and isinstance(rank := row["rank"], Literal)
        ]
        return min(found, key=lambda label: label[:3])[2:] if found else None

    def compact(self, iri: str) -> str:
        """The IRI with a prefix of the data, or below the base, or as it is."""
        for prefix, namespace in self._prefixes.items():
            local = iri.removeprefix(namespace)
            if local not in ("", iri) and not any(mark in local for mark in "/#"):
                return f"{prefix}:{local}"
        return iri.removeprefix(self.serving.settings.base) or iri

    def href(self, iri: str) -> str | None:
        """Where a link to it goes: to this host if it is served here, else to itself if it is of the web."""
        base = self.serving.settings.base
        if iri.startswith(base):
            path, mark, fragment = iri.removeprefix(base).partition("#")
            asked = f"?lang={self.language}" if self.keep_language else ""
            return f"{self.root}/{path}{asked}{mark}{fragment}"
        return iri if urlsplit(iri).scheme.lower() in _LINKED else None


def _quoted(triple: Triple) -> str:
    return f"<< {triple.subject} {triple.predicate} {triple.object} >>"
