"""Terms of a query that the data does not have, and what may have been meant: a query with one just finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.compact_iri import compact_iri, local_name
from nbkg.rdf.vocabulary import RDF
from nbkg.void.counts import Counts
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import Serving
from sparql_endpoint.sparql.tokens import Token, tokens, unescape
from sparql_endpoint.stores.rows import among

_MAX_TERMS = 30
"""Terms of a query that are looked up."""
_MAX_SUGGESTIONS = 2
_ALIKE = 72.0
"""Per cent of likeness from which a name may have been meant; `statuss` and `status` have 92."""
_NEAR = 2.0
"""Per cent that a second suggestion may be less alike than the first."""
_SAME_BUT_FOR_A_SIGN = 95.0
_LARGEST = 5_000_000
"""Statements of a store whose named things are read to find one that may have been meant."""
_NO_TERM_AFTER = frozenset({"PREFIX", "BASE", "FROM", "NAMED", "GRAPH", "SERVICE", "SILENT", "^^"})
_ENDS = frozenset({".", ";", ",", "}", ")", "]"})
_BEFORE_RESOURCES = frozenset({"{", ".", ",", "(", "=", "!=", ""})
_ILLEGAL = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class UnknownTerm:
    """A term that the data does not have."""

    text: str
    """The term as the query spells it."""
    kind: str
    """property, class or thing, by where it stands in the query."""
    suggestions: Sequence[str]
    """Compact IRIs of what may have been meant, the likeliest first."""


@dataclass(frozen=True)
class _Used:
    """A term where it stands in a query."""

    iri: str
    text: str
    kind: str


def unknown_terms(text: str, serving: Serving, counts: Counts | None) -> Sequence[UnknownTerm]:
    """Return the terms of a query that the data has nowhere, in the order of the query. Raises StoreError."""
    used = list({term.iri: term for term in _terms(text)}.values())[:_MAX_TERMS]
    if not used:
        return ()
    rows = serving.store.select(among(query("known-among"), "iri", [NamedNode(term.iri) for term in used]))
    known = {row["iri"].value for row in rows if isinstance(row["iri"], NamedNode)}
    unknown = [term for term in used if term.iri not in known]
    if not unknown:
        return ()
    names = _schema(serving, counts)
    prefixes = {**_declared(text), **serving.prefixes()}
    return [
        UnknownTerm(
            term.text,
            term.kind,
            [compact_iri(iri, prefixes) or f"<{iri}>" for iri in _suggestions(term, names, serving, counts)],
        )
        for term in unknown
    ]


def _terms(text: str) -> Iterator[_Used]:
    """Yield the IRIs of a query's patterns and their kinds; not those of functions, datatypes, graphs and prologues."""
    every, prefixes = list(tokens(text)), _declared(text)
    for index, token in enumerate(every):
        before = every[index - 1] if index else None
        after = every[index + 1] if index + 1 < len(every) else None
        if (iri := _iri(token, prefixes)) and not _is_no_term(before, after, every[index - 2 : index]):
            yield _Used(iri, token.text, _kind(before, after, prefixes))


def _declared(text: str) -> Mapping[str, str]:
    """Return the prefixes that a query declares, with their namespaces."""
    every = list(tokens(text))
    return {
        name.text.removesuffix(":"): unescape(namespace.text[1:-1])
        for word, name, namespace in zip(every, every[1:], every[2:], strict=False)
        if word.text.upper() == "PREFIX" and namespace.kind == "iri"
    }


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the IRI that a token stands for; empty for other tokens, relative IRIs and undeclared prefixes."""
    if token.kind == "iri":
        iri = unescape(token.text[1:-1])
        return iri if re.match(r"[A-Za-z][\w+.-]*:", iri) and not _ILLEGAL.search(iri) else ""
    prefix, _, local = token.text.partition(":")
    if token.kind != "name" or prefix not in prefixes:
        return ""
    iri = prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
    return "" if _ILLEGAL.search(iri) or ":" not in iri or not local else iri


def _is_no_term(before: Token | None, after: Token | None, two_before: Sequence[Token]) -> bool:
    words = {token.text.upper() for token in (*two_before[:1], before) if token and token.kind in ("word", "operator")}
    last = before.text.upper() if before else ""
    is_namespace = bool(two_before) and two_before[0].text.upper() == "PREFIX"
    return last in _NO_TERM_AFTER or (is_namespace and "PREFIX" in words) or bool(after and after.text == "(")


def _kind(before: Token | None, after: Token | None, prefixes: Mapping[str, str]) -> str:
    """Return what a term is used as, by the tokens around it."""
    previous, following = before.text if before else "", after.text if after else ""
    if previous == "a" or (before and _iri(before, prefixes) == f"{RDF}type"):
        return "class"
    if following in _ENDS or previous in _BEFORE_RESOURCES:
        return "property" if following in ("/", "|", "*", "+") or previous in ("/", "|", "^") else "thing"
    return "property"


_Names = Mapping[str, Sequence[str]]
"""IRIs with the names that they go by: the last part, and labels."""


def _schema(serving: Serving, counts: Counts | None) -> dict[str, list[str]]:
    """Return the classes and properties that the data uses or its vocabularies declare, with their names."""
    used = [count.name.value for count in counts.classes] if counts else []
    used += [count.property.value for count in counts.properties] if counts else []
    names: dict[str, list[str]] = {iri: [local_name(iri)] for iri in used}
    for row in serving.store.select(query("query_page/terms")):
        if isinstance(term := row["term"], NamedNode):
            of = names.setdefault(term.value, [local_name(term.value)])
            of += [label.value] if isinstance(label := row.get("label"), Literal) else []
    return names


def _suggestions(term: _Used, schema: _Names, serving: Serving, counts: Counts | None) -> Sequence[str]:
    """Return what is most alike: by name in the same namespace, then by the whole IRI, then the same name."""
    namespace = term.iri.removesuffix(local_name(term.iri))
    names: _Names = schema if term.kind != "thing" else _resources(namespace, serving, counts)
    in_namespace = {iri: of for iri, of in names.items() if iri.startswith(namespace)}
    local = local_name(term.iri)
    alike = _alike(local, in_namespace) or _alike(term.iri, {iri: [iri] for iri in names}, _SAME_BUT_FOR_A_SIGN)
    return (alike or [iri for iri in names if local_name(iri) == local])[:_MAX_SUGGESTIONS]


def _resources(namespace: str, serving: Serving, counts: Counts | None) -> _Names:
    if counts is None or counts.triples > _LARGEST:
        return {}
    parent = namespace if namespace.endswith(("#", "/")) else namespace.rpartition("/")[0]
    names: dict[str, list[str]] = {}
    for row in serving.store.select(query("named-things"), {"start": Literal(parent)}):
        if isinstance(iri := row["iri"], NamedNode) and isinstance(name := row["name"], Literal):
            names.setdefault(iri.value, [local_name(iri.value)]).append(name.value)
    return names


def _alike(name: str, names: _Names, least: float = _ALIKE) -> list[str]:
    """Return the IRIs with the names that are most alike."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # 15 ms that only a query without an answer needs

    scores: dict[str, float] = {}
    for iri, of in names.items():
        best = process.extractOne(name.casefold(), [text.casefold() for text in of], scorer=fuzz.ratio)
        if best and best[1] >= least:
            scores[iri] = best[1]
    nearest = max(scores.values(), default=0.0)
    return sorted(
        (iri for iri, score in scores.items() if score >= nearest - _NEAR), key=lambda iri: (-scores[iri], iri)
    )
