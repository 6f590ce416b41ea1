"""Where a program finds what belongs to a page: its identifier, its data, licence and collection, as links.

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

from sparql_endpoint.http.formats import GRAPHS, HTML, LINKSET, Format
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term
from sparql_endpoint.stores.rows import among

SAFE = "/:@!$&'()*+,;=~-._%"
"""What stands in the path of an address as it is."""
_DCTERMS = "http://purl.org/dc/terms/"
_PAGE = "https://schema.org/AboutPage"


@dataclass(frozen=True)
class Link:
    """A link to a target by its relation; the media type where it is known."""

    target: str
    relation: str
    kind: str = ""


def links(iri: NamedNode, form: Format, graphs: Sequence[NamedNode | None]) -> list[Link]:
    """The links of a document about an IRI, whose statements stand in these graphs."""
    base = serving().settings.base
    canonical = iri.value.replace(f"{base}id/", f"{base}doc/", 1)
    made = [Link(iri.value, "describes"), Link(canonical, "canonical"), Link(iri.value, "cite-as")]
    if form is HTML:
        made += [Link(_PAGE, "type"), *_documents()]
        made.append(Link(in_format(LINKSET), "linkset", LINKSET.media_type))
    return [*made, *_belonging(iri, graphs)]


def in_format(form: Format) -> str:
    """The address of what is asked for in another format."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in ("format", "lang")]
    return f"{request.base_url}?{urlencode([*kept, ('format', form.name)])}"


def _documents() -> Iterator[Link]:
    for form in GRAPHS:
        yield Link(in_format(form), "describedby", form.media_type)


def _belonging(iri: NamedNode, graphs: Sequence[NamedNode | None]) -> Iterator[Link]:
    """Licence, collection and items: the licence where all the graphs are on the same."""
    store, named = serving().store, [graph for graph in graphs if graph is not None]
    told: dict[str, dict[Term, set[Term]]] = {"license": {}, "isPartOf": {}}
    for row in store.select(among(query("graph-about"), "graph", named)) if named else ():
        name = str(row["property"]).strip("<>").removeprefix(_DCTERMS)
        if name in told:
            told[name].setdefault(row["graph"], set()).add(row["value"])
    licences = [told["license"].get(graph, set()) if graph else set() for graph in graphs]
    if licences and all(len(found) == 1 and found == licences[0] for found in licences):
        yield from _to(licences[0], "license")
    yield from _to(sorted({part for found in told["isPartOf"].values() for part in found}, key=str), "collection")
    yield from _to((row["part"] for row in store.select(query("parts"), {"iri": iri})), "item")


def _to(terms: Iterable[Term], relation: str) -> Iterator[Link]:
    return (Link(term.value, relation) for term in terms if isinstance(term, NamedNode))


def header(found: Iterable[Link]) -> str:
    """The links as the header `Link`."""
    return ", ".join(
        f'<{_ascii(link.target)}>; rel="{link.relation}"' + (f'; type="{link.kind}"' if link.kind else "")
        for link in found
    )


def _ascii(iri: str) -> str:
    return quote(iri, safe=SAFE + "#?")


def linkset(found: Sequence[Link]) -> str:
    """The links of a page, and those of its documents back to it, as a link set in JSON."""
    landing = in_format(HTML)
    about: dict[str, object] = {"anchor": landing}
    for link in found:
        if link.relation not in ("describes", "canonical", "linkset"):
            target = {"href": _ascii(link.target), **({"type": link.kind} if link.kind else {})}
            about.setdefault(link.relation, []).append(target)  # type: ignore[attr-defined]  # a list but for the anchor
    back = [
        {"anchor": _ascii(link.target), "describes": [{"href": landing, "type": HTML.media_type}]}
        for link in found
        if link.relation == "describedby"
    ]
    return json.dumps({"linkset": [about, *back]}, ensure_ascii=False, indent=1) + "\n"
