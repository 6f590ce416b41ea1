"""Labels of terms: their names in the language of the request, with links to their pages here.

`Labels.of` asks the store for nothing. An IRI is looked up when its label is first read, and with it all others whose
labels the request has made until then: a view makes the labels of all that its template shows, and the first one that
the template writes asks for all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from flask import Flask, current_app, g, request
from pyoxigraph import BlankNode, Literal, NamedNode

from nbkg.rdf.compact_iri import compact_iri
from sparql_endpoint.http import languages
from sparql_endpoint.services.known_labels import LabelText, best_labels
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.page_addresses import PageAddresses
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.stores.base import Term

_NAME = "sparql_endpoint_labels"


@dataclass(frozen=True)
class TextLabel:
    """How a term is written on a page, as far as it is known already."""

    text: str
    """Its text; empty for a blank node."""
    language: str | None = None
    """The tag of the text's language."""
    href: str | None = None
    """The address that it leads to."""
    title: str | None = None
    """The whole IRI, or the compact IRI of a literal's datatype."""
    blank_node: str | None = None
    """The label of a blank node in whose place its statements are written."""
    out: str | None = None
    """The IRI itself where it is of another host and `href` leads to its page here."""


@dataclass(eq=False)
class IriLabel:
    """The label of an IRI, which is looked up when it is first read."""

    iri: NamedNode
    labels: Labels = field(repr=False)
    blank_node: None = None
    known: TextLabel | None = None
    """It as it was looked up: templates read attributes of thousands of labels, and a look by IRI takes four times."""

    @property
    def text(self) -> str:
        """The label's text, or the compact IRI."""
        return (self.known or self.labels.known(self.iri)).text

    @property
    def language(self) -> str | None:
        """The tag of the text's language."""
        return (self.known or self.labels.known(self.iri)).language

    @property
    def href(self) -> str | None:
        """The address that it leads to: that of a page here if there is one."""
        return (self.known or self.labels.known(self.iri)).href

    @property
    def title(self) -> str | None:
        """The whole IRI."""
        return self.iri.value

    @property
    def out(self) -> str | None:
        """The IRI itself where `href` leads to its page here though it is of another host."""
        return (self.known or self.labels.known(self.iri)).out


Label = TextLabel | IriLabel
"""How a term is written on a page."""


MakeTexts = Callable[[Sequence[NamedNode], "Labels"], Mapping[NamedNode, LabelText]]


@dataclass(frozen=True)
class LabelSource:
    """The source of an application's labels."""

    query: str
    """The name of the query for `?iri ?label ?rank`, where a lower rank is the better property."""
    make: MakeTexts | None = None
    """Makes texts for IRIs without a label; those that it leaves out are written as compact IRIs."""
    of_codes: MakeTexts | None = None
    """Makes texts in the language of the page, which go before labels of the data that have no language."""


@dataclass
class Labels:
    """The labels of one request."""

    serving: Serving
    language: str
    addresses: PageAddresses
    source: LabelSource
    _labels: dict[NamedNode, IriLabel] = field(default_factory=dict)
    _pending: dict[NamedNode, None] = field(default_factory=dict)
    """IRIs whose label was made and not read yet, in order."""
    _texts: dict[NamedNode, LabelText] = field(default_factory=dict)
    _with_page: set[NamedNode] = field(default_factory=set)
    """IRIs of other hosts that have a page here."""

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        return self.serving.prefixes()

    def of(self, term: Term) -> Label:
        """Return the label of a term; that of an IRI is looked up when it is read."""
        if isinstance(term, NamedNode):
            return self._of_iri(term)
        if isinstance(term, Literal):
            datatype = None if term.language else self.compact(term.datatype.value)
            return TextLabel(term.value, term.language, title=None if datatype == "xsd:string" else datatype)
        if isinstance(term, BlankNode):
            return TextLabel("", blank_node=term.value)
        return TextLabel(f"<< {term.subject} {term.predicate} {term.object} >>")

    def _of_iri(self, iri: NamedNode) -> IriLabel:
        label = self._labels.get(iri)
        if label is None:
            label = self._labels[iri] = IriLabel(iri, self)
            self._pending[iri] = None
        return label

    def expect(self, terms: Iterable[Term]) -> None:
        """Have IRIs among these looked up with the next batch, though their labels are made later."""
        for term in terms:
            self.of(term)

    def without_lookup(self, term: Term) -> Label:
        """Return the label of a term with an IRI in its compact form: rows of results may be many."""
        if isinstance(term, NamedNode):
            return TextLabel(self.compact(term.value), href=self.addresses.link(term.value), title=term.value)
        return TextLabel(f"_:{term.value}") if isinstance(term, BlankNode) else self.of(term)

    def prefer_own_pages(self, terms: Iterable[Term]) -> None:
        """Have links to IRIs of other hosts lead to their pages here."""
        base = self.addresses.base
        nodes = {term for term in terms if isinstance(term, NamedNode) and not term.value.startswith(base)}
        for node in nodes - self._with_page:
            self._forget(node)
        self._with_page |= nodes

    def compact(self, iri: str) -> str:
        """Return the IRI with a prefix that the data declares, or relative to the base, or as it is."""
        return compact_iri(iri, self._prefixes) or iri.removeprefix(self.addresses.base) or iri

    def known(self, iri: NamedNode) -> TextLabel:
        """Return the label of an IRI, looked up with all pending ones if it is pending itself."""
        label = self._of_iri(iri)
        if label.known is None:
            if iri in self._pending:
                self.look_up()
            link = self.addresses.link(iri.value)
            own_page = self.addresses.own_page(iri.value) if iri in self._with_page else None
            out = link if own_page else None
            label.known = TextLabel(*self._texts[iri], own_page or link, iri.value, out=out)
        return label.known

    def _forget(self, iri: NamedNode) -> None:
        if label := self._labels.get(iri):
            label.known = None

    def look_up(self) -> None:
        """Look up all labels that are pending, and which IRIs of other hosts are described here. Raises StoreError."""
        pending = list(self._pending)
        self._pending.clear()
        self._texts |= best_labels(self.serving, pending, self.language, self.source.query)
        if self.source.of_codes:
            unmarked = [node for node in pending if node not in self._texts or self._texts[node].language is None]
            self._texts |= self.source.of_codes(unmarked, self)
        unnamed = [node for node in pending if node not in self._texts]
        self._texts |= {node: LabelText(self.compact(node.value)) for node in unnamed}
        if self.source.make and unnamed:
            derived = self.source.make(unnamed, self)
            self._texts |= derived
            for node in derived:  # labels in a circle have read each other's compact IRI meanwhile
                self._forget(node)
        foreign = [node for node in pending if not node.value.startswith(self.addresses.base)]
        self.prefer_own_pages(row["iri"] for row in rows_about(self.serving, foreign, "described"))


def register(app: Flask, source: LabelSource) -> None:
    """Have the labels of an application come from a source."""
    app.extensions[_NAME] = source


def request_labels() -> Labels:
    """Return the labels of this request in its language: one object, so that all of a page is looked up at once."""
    if _NAME not in g:
        language, here = languages.negotiate(), serving()
        link_language = language if "lang" in request.args else ""
        addresses = PageAddresses(here.settings.base, request.script_root, link_language, {*here.prefixes().values()})
        setattr(g, _NAME, Labels(here, language, addresses, current_app.extensions[_NAME]))
    return cast(Labels, g.get(_NAME))
