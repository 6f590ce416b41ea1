"""The formats of responses, and content negotiation.

RFC 9110 section 12.5.1 (Accept), https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph as ox

import nbkg.rdf.formats
from sparql_endpoint.errors import NotAcceptableError, NotFoundError

_BY_TYPE = 3
"""The fit of a media range that names a format, not just `text/*` or `*/*`."""


def plain_name(name: str) -> str:
    """Return a name without what clients write in different ways: `JSON-LD`, `rdf+xml`, also with `+` read as a space.

    Parameters of a media type are left out.
    """
    return re.sub(r"[\W_]", "", name.partition(";")[0].lower())


@dataclass(frozen=True, eq=False)
class Format:
    """One format: its short name, media type, file suffixes, and other names that requests use for it."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    w3c: str = ""
    """Its name at http://www.w3.org/ns/formats/, which service descriptions use."""
    syntax: ox.RdfFormat | None = None
    """The engine's name of an RDF format."""

    def __reduce__(self) -> tuple[Callable[[str], Format], tuple[str]]:
        return by_name, (self.name,)

    @cached_property
    def content_type(self) -> str:
        """The header Content-Type; text types say that they are UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    @cached_property
    def title(self) -> str:
        """Its name as people write it: `JSON-LD`, `RDF/XML`, `CSV`."""
        return self.w3c.replace("_", "/") if self.syntax else self.name.upper()

    @cached_property
    def media_types(self) -> frozenset[str]:
        """All media types by which a request may name it."""
        return frozenset({self.media_type, *(alias for alias in self.aliases if "/" in alias)})

    @cached_property
    def names(self) -> frozenset[str]:
        """Return all names that `?format=` may use for it, as `plain_name` writes them."""
        names = (self.name, self.media_type, *self.suffixes, *self.aliases, self.w3c)
        return frozenset(plain_name(name) for name in names if name)


JSON = Format(
    "json",
    "application/sparql-results+json",
    ("srj", "json"),
    ("application/json", "text/json", "sparql-results+json", "sparql-json"),
    w3c="SPARQL_Results_JSON",
)
_XML_NAMES = ("application/xml", "text/xml", "sparql-results+xml", "sparql-xml", "sparql")
XML = Format("xml", "application/sparql-results+xml", ("srx", "xml"), _XML_NAMES, w3c="SPARQL_Results_XML")
CSV = Format("csv", "text/csv", ("csv",), w3c="SPARQL_Results_CSV")
TSV = Format("tsv", "text/tab-separated-values", ("tsv",), w3c="SPARQL_Results_TSV")


def _rdf(form: nbkg.rdf.formats.RdfFormat, name: str, *aliases: str) -> Format:
    """Return an RDF format of responses; requests may use other names for it too."""
    return Format(name, form.media_type, (form.suffix,), aliases, form.name, form.syntax)


TURTLE = _rdf(nbkg.rdf.formats.TURTLE, "turtle", "application/x-turtle", "application/turtle", "text/ttl")
N_TRIPLES = _rdf(nbkg.rdf.formats.N_TRIPLES, "ntriples", "n-triples", "text/ntriples")
TRIG = _rdf(nbkg.rdf.formats.TRIG, "trig", "application/x-trig")
N_QUADS = _rdf(nbkg.rdf.formats.N_QUADS, "nquads", "n-quads", "text/x-nquads", "text/nquads")
JSON_LD = _rdf(nbkg.rdf.formats.JSON_LD, "jsonld", "ld+json", "json", "application/json")
# Not "application/xml", which browsers accept for pages: it would be taken for a wish for RDF/XML in Accept.
RDF_XML = _rdf(nbkg.rdf.formats.RDF_XML, "rdfxml", "rdf+xml", "xml", "application-xml", "text-xml")
N3 = _rdf(nbkg.rdf.formats.N3, "n3", "rdf+n3", "text/rdf+n3")
HTML = Format("html", "text/html", ("html",), ("application/xhtml+xml",))
LINKSET = Format("linkset", "application/linkset+json", ("linkset",))

# The first of each is the default.
RESULTS = (JSON, XML, CSV, TSV, HTML)
GRAPHS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS, N3)
DOCUMENTS = (*GRAPHS, HTML)
_BY_NAME = {form.name: form for form in (*RESULTS, *GRAPHS)}


def by_name(name: str) -> Format:
    """Return the format of a name; a format that comes from another process is the same object as here."""
    return _BY_NAME[name]


@dataclass(frozen=True)
class Range:
    """One media range of an Accept header; `type` or `subtype` may be `*`.

    Werkzeug's MIMEAccept compares parameters as well, so that `text/turtle; charset=utf-8` would be refused, and it
    knows no second names of a format.
    """

    type: str
    subtype: str
    quality: float

    def fit(self, form: Format) -> int:
        """Return how closely it names a format: 4 by media type, 3 by another one, 2 as `text/*`, 1 as `*/*`, 0 not."""
        if self.type == "*":
            return 1
        if self.subtype == "*":
            return 2 if form.media_type.startswith(f"{self.type}/") else 0
        media_type = f"{self.type}/{self.subtype}"
        return 4 if media_type == form.media_type else 3 if media_type in form.media_types else 0


def negotiate(offered: tuple[Format, ...], accept: str | None = None, *names: str | None) -> Format:
    """Return the format to answer in: the first that has one of the names, else the best by Accept, else the first.

    Where nothing has such a name, an Accept that names a format counts; one that takes anything does not, so that a
    mistake in the name is seen. Raises NotAcceptableError, which lists what is offered.
    """
    return _negotiate(offered, accept, tuple(name for name in names if name and name.strip()))


@lru_cache(maxsize=1024)
def _negotiate(offered: tuple[Format, ...], accept: str | None, names: tuple[str, ...]) -> Format:
    for plain in map(plain_name, names):
        if match := next((form for form in offered if plain in form.names), None):
            return match
    ranges = tuple(media_ranges(accept or ""))
    if names and not any(range_.quality and range_.fit(form) >= _BY_TYPE for range_ in ranges for form in offered):
        raise _not_acceptable(offered, names[0])
    if not ranges:
        return offered[0]
    ranked = [(*_rank(form, ranges), -position) for position, form in enumerate(offered)]
    quality, _, position = max(ranked)
    if quality <= 0:
        raise _not_acceptable(offered, accept or "")
    return offered[-position]


def _rank(form: Format, ranges: Sequence[Range]) -> tuple[float, int]:
    """Return the quality that the most specific fitting range gives, and how specific it is."""
    fit, quality = max((range_.fit(form), range_.quality) for range_ in ranges)
    return (quality, fit) if fit else (0.0, 0)


def _not_acceptable(offered: Sequence[Format], request: str) -> NotAcceptableError:
    listed = ", ".join(f"{form.name} ({form.media_type})" for form in offered)
    return NotAcceptableError(f"“{request}” is none of: {listed}", tuple(form.media_type for form in offered))


def without(accept: str, forms: Sequence[Format]) -> str:
    """Return an Accept header that takes none of the formats, and all else that this one takes."""
    elements = [element.strip() for element in _ELEMENT.findall(accept)]
    others = [element for element in elements if element and not _names(element, forms)]
    return ", ".join([*others, *(f"{form.media_type};q=0" for form in forms)])


def _names(element: str, forms: Sequence[Format]) -> bool:
    return any(range_.fit(form) >= _BY_TYPE for range_ in media_ranges(element) for form in forms)


def by_suffix(offered: Sequence[Format], path: str) -> tuple[str, Format] | None:
    """Return the path without its suffix, and the format that the suffix names; None where it names none."""
    stem, dot, suffix = path.rpartition(".")
    if not dot or not stem or "/" in suffix:
        return None
    return next(((stem, form) for form in offered if suffix.lower() in form.suffixes), None)


def format_of_suffix(offered: Sequence[Format], suffix: str) -> Format:
    """Return the format that a suffix names. Raises NotFoundError, which lists the suffixes that are offered."""
    if match := by_suffix(offered, f"document.{suffix}"):
        return match[1]
    known = ", ".join(one for form in offered for one in form.suffixes)
    raise NotFoundError(f"There is no format with the suffix “{suffix}” here; there are {known}.")


_QUOTED_OR = r'(?:[^{0}"]|"(?:[^"\\]|\\.)*"?)+'
_ELEMENT = re.compile(_QUOTED_OR.format(","))
_PARAMETER = re.compile(_QUOTED_OR.format(";"))
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def media_ranges(accept: str) -> Iterator[Range]:
    """Yield the media ranges of an Accept header; parameters other than q are tolerated, broken elements skipped."""
    for element in _ELEMENT.findall(accept):
        media_type, *parameters = (part.strip() for part in _PARAMETER.findall(element))
        kind, _, subtype = media_type.lower().partition("/")
        if not (_TOKEN.fullmatch(kind) and _TOKEN.fullmatch(subtype)) or (kind == "*" and subtype != "*"):
            continue
        if (quality := _quality(parameters)) is not None:
            yield Range(kind, subtype, quality)


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value) if _QUALITY.fullmatch(value.strip()) else None
    return 1.0
