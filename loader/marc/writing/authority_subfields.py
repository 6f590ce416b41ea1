"""The numbers of a heading ($0, $1) and its vocabulary ($2), as the profile of a source writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from loader import namespaces
from loader.marc.profiles.marc_profile import MarcProfile, NumberRule
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import each

_ID = f"{namespaces.BASE}id/"
_OWN = re.compile(rf"{_ID}(?:agent|hub)/(?P<scheme>[a-z0-9]+(?:-[a-z][a-z0-9]*)*)-(?P<number>[^/#]+)$")
_CONCEPT = re.compile(rf"{_ID}concept/(?P<scheme>[^/]+)/(?P<number>[^/#]+)$")
_VOCABULARY = re.compile(rf"{_ID}concept/(?P<scheme>[^/]+)$")


class NumberForms:
    """Writes numbers by the rules of a profile, which say how they are read."""

    def __init__(self, profile: MarcProfile, source: str = "") -> None:
        self._codes = profile.number_codes
        self._rules = [(code, rule) for code, rules in profile.numbers.items() for rule in rules]
        self._sources = profile.subject_sources
        self._source = source
        self.own_subfield = profile.local_number
        """The subfield in which the source has its own number of a heading, or an empty text."""
        self.number = lru_cache(1 << 14)(self._number)

    def _number(self, scheme: str, number: str) -> str:
        """Return a number of an authority file as $0 has it, or an empty text for a file that is not known."""
        rules = [(code, rule) for code, rule in self._rules if rule.scheme == scheme]
        coded = [self._coded(code, rule, number) for code, rule in rules]
        iris = [_iri_form(rule, number) for _code, rule in rules]
        is_iri = any(rule.is_written_as_iri for _code, rule in rules)
        return next(filter(None, [*iris, *coded] if is_iri else [*coded, *iris]), "")

    def _coded(self, code: str, rule: NumberRule, number: str) -> str:
        return _coded_form(self._codes.get(code, code), rule, number) if code else ""

    def is_own(self, file: str) -> bool:
        """Return whether numbers of a file are the source's own, which it has in a subfield of theirs."""
        return bool(self.own_subfield and file) and file == self._source

    def has_iri(self, scheme: str, number: str, iri: str) -> bool:
        """Return whether an IRI is that of a number of an authority file."""
        return any(rule.iri.replace("{number}", number) == iri for _code, rule in self._rules if rule.scheme == scheme)

    def source(self, scheme: str) -> str:
        """Return the code by which $2 names a vocabulary."""
        return self._sources.get(scheme, scheme)


def _coded_form(code: str, rule: NumberRule, number: str) -> str:
    """Return `(code)number` with the letters before the number, if the rule reads that as the same number."""
    before = _letters_before(rule.pattern.pattern)
    match = rule.pattern.match(before + number)
    return f"({code}){before}{number}" if match and match["number"] == number else ""


def _iri_form(rule: NumberRule, number: str) -> str:
    return f"(uri){rule.iri.replace('{number}', number)}" if rule.iri else ""


@lru_cache(1 << 8)
def _letters_before(pattern: str) -> str:
    """Return the letters that a pattern has right before the number: `HUME` of `^HUME(?P<number>[0-9]+)$`."""
    head = re.sub(r"\(\?:[^()]*(?:\\[()][^()]*)*\)\?|\w\?|\w\*", "", pattern.partition("(?P<number>")[0])
    return head.lstrip("^")


def number_of(node: GraphNode) -> tuple[str, str]:
    """Return the authority file and the number by which a node is named, or empty texts."""
    match = _OWN.match(node.iri) or _CONCEPT.match(node.iri)
    return (match["scheme"], unquote(match["number"])) if match else ("", "")


def vocabulary_of(node: GraphNode) -> str:
    """Return the key of the vocabulary of a concept, or an empty text."""
    match = _VOCABULARY.match(node.node("skos:inScheme").iri)
    return unquote(match["scheme"]) if match else ""


def authority_numbers(node: GraphNode, forms: NumberForms) -> list[tuple[str, str]]:
    """Return $0 and $1 of a heading: the number that names it, its numbers in other files, and IRIs of the thing."""
    file, number = number_of(node)
    if forms.is_own(file):
        return [(forms.own_subfield, number)]
    own = forms.number(file, number) if file else ""
    own_numbers = [one for one in node.nodes("identifiedBy") if forms.is_own(one.node("source").value("code"))]
    if own_numbers:
        return each(forms.own_subfield, [number.value("rdf:value") for number in own_numbers])
    numbers = dict.fromkeys(filter(None, [own, *_others(node, own, forms)]))
    return [*each("0", numbers), *each("1", [same.iri for same in node.nodes("owl:sameAs")])]


def _others(node: GraphNode, own: str, forms: NumberForms) -> list[str]:
    """Return the numbers in other files than that of the number of its own, and the IRIs that say none of these."""
    file, number = number_of(node)
    coded = [_coded(identifier, forms) for identifier in node.nodes("identifiedBy")]
    others = [each for each in coded if not own or each.partition(")")[0] != own.partition(")")[0]]
    return [*others, *(f"(uri){iri}" for iri in _linked_iris(node) if not forms.has_iri(file, number, iri))]


def _linked_iris(node: GraphNode) -> list[str]:
    return [link.iri for name in _LINKS for link in node.nodes(name)]


_LINKS = ("mads:isIdentifiedByAuthority", "skos:exactMatch", "skos:closeMatch")


def _coded(identifier: GraphNode, forms: NumberForms) -> str:
    """Return an identifier with the code of its file, which may be one of the profile."""
    code, value = identifier.node("source").value("code"), identifier.value("rdf:value")
    if not (code and value and identifier.is_a("Identifier")):
        return ""
    return forms.number(code, value) or f"({code}){value}"
