"""Reads profiles of sources from the Turtle files in `data/marc-profiles/`, or from a file of whoever loads records."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from loader.errors import CuratedError
from loader.identifiers import resource
from loader.marc.profiles.local_fields import read_local_fields
from loader.marc.profiles.marc_profile import MarcProfile, NumberRule, NumberSystem, WritingPractice
from loader.marc.profiles.relation_phrases import RelationPhrases, compile_phrases
from loader.marc.values.heading_keys import heading_key
from loader.marc.values.isbd import without_end_punctuation
from loader.namespaces import DCTERMS, NBKG, RDF, SKOS
from loader.validate import Severity, validate
from loader.validate.read import read
from nbkg.rdf.turtle import read_files

_SHAPES = ("marc-profiles.ttl", "prefixes.ttl")
_BASE = "default"


@lru_cache
def read_profile(key: str, file: Path | None = None) -> MarcProfile:
    """Return the profile with this key. A file of one's own is read besides those that are shipped.

    Raises CuratedError for a profile that does not exist, breaks `shapes/marc-profiles.ttl` or has a wrong pattern.
    """
    sources = _shipped()
    graph = read_files([*sources, file] if file else sources)
    profile = resource("marc-profile", key)
    if (profile, RDF.type, NBKG.MarcProfile) not in graph:
        known = sorted(
            str(graph.value(node, DCTERMS.identifier)) for node in graph.subjects(RDF.type, NBKG.MarcProfile)
        )
        raise CuratedError(f"there is no profile “{key}”; there are {', '.join(known)}")
    _check(graph, file.name if file else "")
    return _Reader(graph, profile).profile(key)


@lru_cache(64)
def read_described_profile(profile: URIRef, described: Graph, file: str) -> MarcProfile:
    """Return the profile that a source conforms to: one that is shipped, or one that the same Turtle describes.

    It is remembered, since checking it takes a second. Raises CuratedError, which names the file, as `read_profile`.
    """
    graph = read_files(_shipped()) + described
    if (profile, RDF.type, NBKG.MarcProfile) not in graph:
        raise CuratedError(f"<{profile}> is not a profile of MARC records; name one that is, or describe it", file=file)
    _check(graph, file)
    return _Reader(graph, profile).profile(str(graph.value(profile, DCTERMS.identifier)))


def _check(graph: Graph, file: str) -> None:
    shapes = read([Path(str(files("shapes") / name)) for name in _SHAPES])
    for result in validate(graph, shapes=shapes).results:
        if result.severity is Severity.VIOLATION:
            raise CuratedError(f"<{result.focus}>: {result.message('en')}", file=file)


def _shipped() -> list[Path | Traversable]:
    folder = files("data") / "marc-profiles"
    return sorted((each for each in folder.iterdir() if each.name.endswith(".ttl")), key=lambda each: each.name)


class _Reader:
    """Reads one profile out of the graph of all."""

    def __init__(self, graph: Graph, profile: URIRef) -> None:
        self._graph = graph
        self._chain = self._extended(profile)

    def _extended(self, profile: URIRef) -> list[URIRef]:
        """Return a profile and those that it extends, the nearest first."""
        chain = [profile]
        while isinstance(base := self._graph.value(chain[-1], NBKG.extendsProfile), URIRef) and base not in chain:
            chain.append(base)
        return chain

    def profile(self, key: str) -> MarcProfile:
        relators = self._relators()
        return MarcProfile(
            key,
            assigner=self._nearest(NBKG.controlNumberAssigner),
            name_title_number=self._nearest(NBKG.nameTitleNumber) or "agent",
            relators={word: code for code, words in relators.items() for word in words},
            relator_codes=frozenset(self._strings(NBKG.relatorCode)),
            instance_roles=frozenset(self._strings(NBKG.instanceRole)),
            numbers=self._numbers(),
            number_codes={str(code).lower(): str(code) for code in self._values(NBKG.AuthorityFile, NBKG.numberCode)},
            subject_sources=self._subject_sources(),
            real_name_words=frozenset(word.lower() for word in self._strings(NBKG.realNameWord)),
            national_agencies=frozenset(self._strings(NBKG.nationalAgency)),
            practice=self._practice(),
            phrases=RelationPhrases(
                compile_phrases(self._strings(NBKG.originalTitlePhrase)),
                compile_phrases(self._strings(NBKG.translationPhrase)),
            ),
            item_fields=frozenset(self._strings(NBKG.itemField)),
            local_fields=read_local_fields(self._graph, self._nodes(NBKG.LocalField), self._nodes(NBKG.LocalSubfield)),
            generic_titles=frozenset(heading_key(title) for title in self._strings(NBKG.genericTitle)),
            local_number=self._nearest(NBKG.headingNumberSubfield),
            deletions=tuple(sorted(self._strings(NBKG.deletionSign))),
            related_record_field=self._nearest(NBKG.relatedRecordField) or "004",
            character_set=self._character_set(),
            schemes=self._schemes(),
            systems=self._systems(),
        )

    def _strings(self, predicate: URIRef) -> set[str]:
        return {str(value) for profile in self._chain for value in self._graph.objects(profile, predicate)}

    def _nearest(self, predicate: URIRef) -> str:
        values = (self._graph.value(profile, predicate) for profile in self._chain)
        return next((str(value) for value in values if value is not None), "")

    def _nodes(self, kind: URIRef) -> list[URIRef]:
        """Return the nodes of a class that belong to the profiles of the chain, the farthest first, each in order."""
        return [
            node
            for profile in reversed(self._chain)
            for node in sorted(
                each for each in self._graph.subjects(NBKG.ofProfile, profile) if isinstance(each, URIRef)
            )
            if (node, RDF.type, kind) in self._graph
        ]

    def _text(self, node: URIRef, predicate: URIRef) -> str:
        value = self._graph.value(node, predicate)
        return "" if value is None else str(value)

    def _relators(self) -> dict[str, list[str]]:
        relators: dict[str, list[str]] = {}
        for node in self._nodes(NBKG.Relator):
            words = relators.setdefault(self._text(node, NBKG.relatorCode), [])
            words += sorted(
                without_end_punctuation(str(word)).lower() for word in self._graph.objects(node, SKOS.hiddenLabel)
            )
        return relators

    def _numbers(self) -> dict[str, tuple[NumberRule, ...]]:
        rules: dict[str, list[NumberRule]] = {}
        for node in self._nodes(NBKG.AuthorityFile):
            for code in self._graph.objects(node, NBKG.numberCode):
                rules.setdefault(str(code).lower(), []).append(self._rule(node, NBKG.numberPattern))
            if (node, NBKG.iriPattern, None) in self._graph:
                rules.setdefault("", []).append(self._rule(node, NBKG.iriPattern))
        return {code: tuple(sorted(each, key=lambda rule: rule.rank)) for code, each in rules.items()}

    def _rule(self, node: URIRef, predicate: URIRef) -> NumberRule:
        pattern = self._pattern(node, predicate)
        rank = self._graph.value(node, NBKG.rank)
        return NumberRule(
            pattern,
            self._text(node, DCTERMS.identifier),
            self._text(node, NBKG.iriTemplate),
            int(rank) if isinstance(rank, Literal) else 100,
            str(self._graph.value(node, NBKG.namesThing)) == "true",
            str(self._graph.value(node, NBKG.writtenAsIri)) == "true",
        )

    def _pattern(self, node: URIRef, predicate: URIRef) -> re.Pattern[str]:
        text = self._text(node, predicate)
        try:
            return re.compile(text)
        except re.error as error:
            raise CuratedError(f"<{node}>: the pattern “{text}” cannot be read: {error}") from error

    def _systems(self) -> tuple[NumberSystem, ...]:
        nodes = self._nodes(NBKG.NumberSystem)
        return tuple(
            NumberSystem(self._pattern(node, NBKG.numberPattern), self._text(node, NBKG.numberCode)) for node in nodes
        )

    def _values(self, kind: URIRef, predicate: URIRef) -> list[str]:
        """Return the values of a property of all nodes of a class, in order."""
        return [text for node in self._nodes(kind) for text in sorted(map(str, self._graph.objects(node, predicate)))]

    def _subject_sources(self) -> dict[str, str]:
        """Return the code of $2 for each vocabulary: its own key where that is one, else the first of its codes."""
        sources: dict[str, str] = {}
        for node in self._nodes(NBKG.AuthorityFile):
            key, codes = (
                self._text(node, DCTERMS.identifier),
                sorted(map(str, self._graph.objects(node, NBKG.subjectSource))),
            )
            if codes:
                sources[key] = key if key in codes else codes[0]
        return sources

    def _practice(self) -> WritingPractice:
        usual = WritingPractice()
        return WritingPractice(
            self._is_true(NBKG.joinedInitials),
            self._is_true(NBKG.joinedIndexTerms),
            self._is_true(NBKG.codedLanguageOnly),
            self._is_true(NBKG.namesTranscriber),
            self._is_true(NBKG.omitsIdentifier),
            self._nearest(NBKG.codedContents) or usual.coded_contents,
            _span(self._nearest(NBKG.uncodedPositions)),
            self._is_true(NBKG.oldImprint),
            self._is_true(NBKG.oldSeries),
        )

    def _is_true(self, predicate: URIRef) -> bool:
        return self._nearest(predicate) == "true"

    def _character_set(self) -> str:
        name = self._nearest(NBKG.characterSet)
        try:
            return codecs.lookup(name).name if name else ""
        except LookupError as error:
            raise CuratedError(f"there is no character set “{name}” (nbkg:characterSet)") from error

    def _schemes(self) -> dict[str, str]:
        return {
            str(code).lower(): self._text(node, DCTERMS.identifier)
            for node in self._nodes(NBKG.AuthorityFile)
            for code in self._graph.objects(node, NBKG.subjectSource)
        }


def _span(text: str) -> tuple[int, int]:
    """Return the first position of a span such as `6-17`, and the one after its last."""
    first, _hyphen, last = text.partition("-")
    return (int(first), int(last or first) + 1) if first else (0, 0)
