"""Links by which a program finds what belongs to a page: its identifier, its data, licence and collection.

FAIR Signposting, https://signposting.org/FAIR/; RFC 8288 (Link), https://www.rfc-editor.org/rfc/rfc8288; RFC 9264
(linkset), https://www.rfc-editor.org/rfc/rfc9264#section-4.2
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import request
from pyoxigraph import NamedNode

from nbkg.rdf.vocabulary import DCTERMS
from sparql_endpoint.http.formats import GRAPHS, HTML, LINKSET, Format
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term
from sparql_endpoint.stores.rows import among

SAFE = "/:@!$&'()*+,;=~-._%"
"""The characters that stay as they are in the path of an address."""
_PAGE = "https://schema.org/AboutPage"


@dataclass(frozen=True)
class Link:
    """A link to a target by its relation; `media_type` is empty where it is not known."""

    target: str
    relation: str
    media_type: str = ""


def links(iri: NamedNode, form: Format, graphs: Sequence[NamedNode | None]) -> list[Link]:
    """Return the links of a document about an IRI, whose statements stand in these graphs."""
    base = serving().settings.base
    canonical = iri.value.replace(f"{base}id/", f"{base}doc/", 1)
    own = [Link(iri.value, "describes"), Link(canonical, "canonical"), Link(iri.value, "cite-as")]
    if form is HTML:
        own += [Link(_PAGE, "type"), *_documents(), Link(in_format(LINKSET), "linkset", LINKSET.media_type)]
    return [*own, *_from_data(iri, graphs)]


def in_format(form: Format) -> str:
    """Return the address of this request's resource in another format."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name not in ("format", "lang")]
    return f"{request.base_url}?{urlencode([*arguments, ('format', form.name)])}"


def _documents() -> Iterator[Link]:
    for form in GRAPHS:
        yield Link(in_format(form), "describedby", form.media_type)


def _from_data(iri: NamedNode, graphs: Sequence[NamedNode | None]) -> Iterator[Link]:
    """Yield the links to licence, collection and items; the licence where all the graphs have the same one."""
    store, named = serving().store, [graph for graph in graphs if graph is not None]
    values: dict[str, dict[Term, set[Term]]] = {"license": {}, "isPartOf": {}}
    for row in store.select(among(query("graph-about"), "graph", named)) if named else ():
        name = str(row["property"]).strip("<>").removeprefix(DCTERMS)
        if name in values:
            values[name].setdefault(row["graph"], set()).add(row["value"])
    licences = [values["license"].get(graph, set()) if graph else set() for graph in graphs]
    if licences and all(len(of_graph) == 1 and of_graph == licences[0] for of_graph in licences):
        yield from _to(licences[0], "license")
    collections = {collection for of_graph in values["isPartOf"].values() for collection in of_graph}
    yield from _to(sorted(collections, key=str), "collection")
    yield from _to((row["part"] for row in store.select(query("parts"), {"iri": iri})), "item")


def _to(terms: Iterable[Term], relation: str) -> Iterator[Link]:
    return (Link(term.value, relation) for term in terms if isinstance(term, NamedNode))


def header(links: Iterable[Link]) -> str:
    """Return the value of the header `Link`."""
    return ", ".join(
        f'<{_ascii(link.target)}>; rel="{link.relation}"' + (f'; type="{link.media_type}"' if link.media_type else "")
        for link in links
    )


def _ascii(iri: str) -> str:
    return quote(iri, safe=SAFE + "#?")


def linkset(links: Sequence[Link]) -> str:
    """Return the links of a page, and those of its documents back to it, as a link set in JSON."""
    landing = in_format(HTML)
    targets: dict[str, list[object]] = {}
    for link in links:
        if link.relation not in ("describes", "canonical", "linkset"):
            target = {"href": _ascii(link.target), **({"type": link.media_type} if link.media_type else {})}
            targets.setdefault(link.relation, []).append(target)
    back = [
        {"anchor": _ascii(link.target), "describes": [{"href": landing, "type": HTML.media_type}]}
        for link in links
        if link.relation == "describedby"
    ]
    return json.dumps({"linkset": [{"anchor": landing, **targets}, *back]}, ensure_ascii=False, indent=1) + "\n"
