"""Terms as people read them: names in their language, links to pages of this host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint.http import languages
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import Serving
from sparql_endpoint.stores.base import Term
from sparql_endpoint.stores.rows import among

Name = tuple[str, str | None]
"""A text and its language."""
_AT_ONCE = 500
"""IRIs in one question for names."""
_LINKED = ("http", "https")
_LONGEST = 300
"""Characters of a name."""


@dataclass(frozen=True)
class Shown:
    """A term to show: its text, the text's language, where it leads, and what it is in full."""

    text: str
    language: str | None = None
    href: str | None = None
    title: str | None = None
    node: str | None = None
    """The key of a blank node, whose statements are shown in its place."""
    out: str | None = None
    """The address itself, where the link leads to what is said of it here."""


@dataclass
class Display:
    """Shows terms in one language to one request; a name is asked for once, those of many terms best by `learn`."""

    serving: Serving
    language: str
    root: str = ""
    """The path below which this application is mounted."""
    keep_language: bool = False
    """True where links should go on asking for this language."""
    otherwise: Callable[[Sequence[NamedNode], Display], Mapping[NamedNode, Name]] | None = None
    """Names those that have no label; what it does not name is shown by its short form."""
    _names: dict[NamedNode, Name] = field(default_factory=dict)
    _here: set[NamedNode] = field(default_factory=set)
    """The IRIs of elsewhere that have a page here."""
    _shown: dict[tuple[NamedNode, bool], Shown] = field(default_factory=dict)
    """What was shown once, by whether it has a page here: a long page shows the same again and again."""

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        return self.serving.prefixes()

    def show(self, term: Term) -> Shown:
        """The term as it is shown."""
        if isinstance(term, Literal):
            datatype = None if term.language else self.compact(term.datatype.value)
            return Shown(term.value, language=term.language, title=None if datatype == "xsd:string" else datatype)
        if isinstance(term, NamedNode):
            return self._named(term)
        if isinstance(term, BlankNode):
            return Shown("", node=term.value)
        return Shown(_quoted(term))

    def _named(self, node: NamedNode) -> Shown:
        key = (node, node in self._here)
        if key not in self._shown:
            name, language = self.name(node)
            address = self.href(node.value)
            here = self.page(node.value) if node in self._here else None
            self._shown[key] = Shown(name, language, here or address, node.value, out=address if here else None)
        return self._shown[key]

    def keep(self, terms: Iterable[Term]) -> None:
        """Has links to these lead to their pages here, also where they are of elsewhere."""
        base = self.serving.settings.base
        self._here |= {term for term in terms if isinstance(term, NamedNode) and not term.value.startswith(base)}

    def page(self, iri: str) -> str:
        """The address of the page here that tells of an IRI, wherever it is of."""
        asked = f"&lang={self.language}" if self.keep_language else ""
        return f"{self.root}/resource?iri={quote(iri, safe='')}{asked}"

    def plain(self, term: Term) -> Shown:
        """The term itself, without looking for its name: rows of results may be many."""
        if isinstance(term, NamedNode):
            return Shown(self.compact(term.value), href=self.href(term.value), title=term.value)
        return Shown(f"_:{term.value}") if isinstance(term, BlankNode) else self.show(term)

    def name(self, node: NamedNode) -> Name:
        """The node's best label and its language; its short form where it has none."""
        if node not in self._names:
            self.learn([node])
        return self._names[node]

    def learn(self, terms: Iterable[Term]) -> None:
        """Asks for the names of all the IRIs among these at once, and which from elsewhere are described here."""
        asked = [term for term in dict.fromkeys(terms) if isinstance(term, NamedNode) and term not in self._names]
        for start in range(0, len(asked), _AT_ONCE):
            self._names |= self._labels(asked[start : start + _AT_ONCE])
        unnamed = [node for node in asked if node not in self._names]
        self._names |= {node: (self.compact(node.value), None) for node in unnamed}
        if self.otherwise and unnamed:
            self._names |= self.otherwise(unnamed, self)
        if foreign := [node for node in asked if not node.value.startswith(self.serving.settings.base)]:
            self.keep(row["iri"] for row in self.serving.store.select(among(query("described"), "iri", foreign)))

    def _labels(self, nodes: Sequence[NamedNode]) -> Mapping[NamedNode, Name]:
        """Those that have a label: the best of it, by language and then by property."""
        found: dict[NamedNode, list[tuple[int, int, str, str | None]]] = {}
        for row in self.serving.store.select(among(query("labels"), "iri", nodes)):
            node, label, rank = row["iri"], row["label"], row["rank"]
            if isinstance(node, NamedNode) and isinstance(label, Literal) and isinstance(rank, Literal) and label.value:
                suits = languages.rank(label.language, self.language)
                text = label.value if len(label.value) <= _LONGEST else f"{label.value[:_LONGEST]} …"
                found.setdefault(node, []).append((suits, int(rank.value), text, label.language))
        return {node: min(labels, key=lambda label: label[:3])[2:] for node, labels in found.items()}

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
            if path.startswith("/") or "?" in path:  # //host would be another host, and a query is none of the path
                return self.page(iri)
            asked = f"?lang={self.language}" if self.keep_language else ""
            return f"{self.root}/{path}{asked}{mark}{fragment}"
        return iri if urlsplit(iri).scheme.lower() in _LINKED else None


def _quoted(triple: Triple) -> str:
    return f"<< {triple.subject} {triple.predicate} {triple.object} >>"
