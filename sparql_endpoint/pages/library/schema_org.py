"""A hub, a work, an instance, an agent or a subject in the words of schema.org (https://schema.org/docs/gs.html)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.compact_iri import local_name
from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.pages.library.identifiers import identifiers_of
from sparql_endpoint.services.labels import Labels

_TYPES: Mapping[str, str] = {
    "bf:Serial": "Periodical",
    "bf:MovingImage": "Movie",
    "bf:NotatedMusic": "SheetMusic",
    "bf:MusicAudio": "MusicRecording",
    "bf:Cartography": "Map",
    "bf:StillImage": "ImageObject",
    "bf:Audio": "AudioObject",
    "bf:NonMusicAudio": "Audiobook",
    "bf:Text": "Book",
    "bf:Person": "Person",
    "bf:Organization": "Organization",
    "bf:Jurisdiction": "AdministrativeArea",
    "bf:Meeting": "Event",
    "bf:Family": "Person",
    "bf:Place": "Place",
    "bf:GenreForm": "DefinedTerm",
    "bf:Topic": "DefinedTerm",
    "bf:Temporal": "DefinedTerm",
    "mads:ComplexSubject": "DefinedTerm",
    "bf:AdminMetadata": "DigitalDocument",
}
_ROLES: Mapping[str, str] = {
    "aut": "author",
    "trl": "translator",
    "ill": "illustrator",
    "edt": "editor",
    "cmp": "composer",
    "drt": "director",
    "act": "actor",
    "lyr": "lyricist",
    "nrt": "readBy",
    "pro": "producer",
    "prf": "performer",
    "com": "editor",
}
"""The roles that schema.org has a property for; others are contributors."""
_LINKS = {
    "expressionOf": "exampleOfWork",
    "instanceOf": "exampleOfWork",
    "translationOf": "translationOfWork",
    "subject": "about",
    "genreForm": "genre",
    "partOf": "isPartOf",
    "hasPart": "hasPart",
    "language": "inLanguage",
}
_SAME = ("owl:sameAs", "skos:exactMatch", "mads:isIdentifiedByAuthority")
_NUMBERS = {"Isbn": "isbn", "Issn": "issn"}


def document(iri: NamedNode, described: Description, labels: Labels) -> Mapping[str, object]:
    """Return the JSON-LD of a thing."""
    names = [_text(name) for name in described.texts(iri, "rdfs:label", "skos:prefLabel")]
    kinds = described.kinds(iri) | _kinds_of_work(iri, described)
    graph: dict[str, object] = {"@context": "https://schema.org/", "@id": iri.value, "@type": _type(kinds)}
    graph |= {"name": names[0] if len(names) == 1 else names} if names else {}
    graph |= _contributors(iri, described, labels)
    graph |= _linked(iri, described, labels)
    graph |= _published(iri, described, labels)
    graph |= _numbers(iri, described)
    for prop, name in (
        ("schema:birthDate", "birthDate"),
        ("schema:deathDate", "deathDate"),
        ("bf:editionStatement", "bookEdition"),
    ):
        if value := described.text(iri, prop):
            graph[name] = value
    if same := sorted(node.value for node in described.nodes(iri, *_SAME)):
        graph["sameAs"] = same
    return graph


def _kinds_of_work(iri: NamedNode, described: Description) -> frozenset[str]:
    """Return the classes of the works of an instance, which say what it is: a book, a film."""
    return frozenset(kind for work in described.nodes(iri, "bf:instanceOf") for kind in described.kinds(work))


def _type(kinds: Iterable[str]) -> str:
    known = set(kinds)
    return next((name for kind, name in _TYPES.items() if kind in known), "CreativeWork")


def _text(literal: Literal) -> object:
    return {"@value": literal.value, "@language": literal.language} if literal.language else literal.value


def _reference(node: NamedNode, labels: Labels) -> Mapping[str, object]:
    return {"@id": node.value, "name": labels.of(node).text}


def _contributors(iri: NamedNode, described: Description, labels: Labels) -> Mapping[str, object]:
    by_role: dict[str, list[object]] = {}
    for part in described.nodes(iri, "bf:contribution"):
        roles = {local_name(role.value) for role in described.nodes(part, "bf:role")} or {""}
        if roles == {""} and "bf:PrimaryContribution" in described.kinds(part):
            roles = {"aut"}
        for name in sorted({_ROLES.get(role, "contributor") for role in roles}):
            by_role.setdefault(name, []).extend(
                _reference(agent, labels) for agent in described.nodes(part, "bf:agent")
            )
    return by_role


def _linked(iri: NamedNode, described: Description, labels: Labels) -> Mapping[str, object]:
    collected: dict[str, list[object]] = {}
    for prop, name in _LINKS.items():
        for node in described.nodes(iri, f"bf:{prop}"):
            if "#" in node.value and node.value.startswith(iri.value):
                continue
            collected.setdefault(name, []).append(
                local_name(node.value) if prop == "language" else _reference(node, labels)
            )
    return collected


def _published(iri: NamedNode, described: Description, labels: Labels) -> Mapping[str, object]:
    parts = [each for each in described.nodes(iri, "bf:provisionActivity") if "bf:Publication" in described.kinds(each)]
    agents = [_reference(agent, labels) for part in parts for agent in described.nodes(part, "bf:agent")]
    dates = [date.value for part in parts for date in described.texts(part, "bf:date") if date.value[:4].isdigit()]
    return {**({"publisher": agents} if agents else {}), **({"datePublished": dates[0][:4]} if dates else {})}


def _numbers(iri: NamedNode, described: Description) -> Mapping[str, object]:
    collected: dict[str, list[str]] = {}
    for one in identifiers_of(iri, described):
        if one.is_valid:
            collected.setdefault(_NUMBERS.get(one.kind, "identifier"), []).append(one.value)
    return {name: _one_or_all(values) for name, values in collected.items()}


def _one_or_all(values: Sequence[str]) -> object:
    return values[0] if len(values) == 1 else list(values)
