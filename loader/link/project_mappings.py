"""The mappings of the project itself: read as a whole, since what they refuse holds for every other link too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.link.checking.conflict_report import conflict_lines
from loader.link.checking.link_check import check_rows
from loader.link.checking.link_rows import Row
from loader.link.mapping_file import MappingFault, MappingSet, SemanticMapping, read_mapping_set
from loader.link.mapping_triples import link_triple, mapping_triples, set_iri, set_triples
from loader.namespaces import ADMS, BASE, DCTERMS, OWL, SKOS
from loader.queries import triples
from loader.sources.graph_stream import Record, to_triples
from nbkg.errors import DataError
from nbkg.identifiers.identifier_reading import read_identifiers

_NAMED_FAULTS = 20
"""Faults that an error names."""
_OURS = f"{BASE}id/"
_CONCEPTS = f"{_OURS}concept/"
Statement = tuple[URIRef, URIRef, Node]


@dataclass(frozen=True)
class ProjectMappings:
    """The mappings of some files, with the IRIs of their sets."""

    sets: tuple[tuple[str, Record, tuple[SemanticMapping, ...]], ...]
    """The IRI of each set, what is said of it, and its mappings."""

    @cached_property
    def refused(self) -> frozenset[tuple[str, str]]:
        """The pairs that must never be linked."""
        return frozenset(mapping.pair for mapping in self._mappings() if mapping.negated)

    def records(self) -> Iterator[Record]:
        """Yield the statements of each set and of each mapping, with its link where it is one and is not refused."""
        for iri, statements, mappings in self.sets:
            yield statements
            yield from (mapping_record(mapping, iri, self.refused) for mapping in mappings)

    def identifiers(self) -> Iterator[ox.Triple]:
        """Yield the identifiers that the curated entities have by these mappings, each with where it was seen."""
        links = (mapping for mapping in self._mappings() if mapping.is_link and mapping.subject.startswith(_OURS))
        statements = to_triples(statement for mapping in links for statement in _identifier(mapping))
        return triples(statements, "build/mapped-identifiers", BASE)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each link that is not refused, as the check of links reads it."""
        for iri, _, mappings in self.sets:
            links = (mapping for mapping in mappings if mapping.is_link and mapping.pair not in self.refused)
            yield from ((mapping.predicate, mapping.subject, mapping.target, iri) for mapping in links)

    def _mappings(self) -> Iterator[SemanticMapping]:
        return (mapping for _, _, mappings in self.sets for mapping in mappings)


def read_project_mappings(files: Iterable[Path | Traversable]) -> ProjectMappings:
    """Return the mappings of files.

    Raises DataError for a head that cannot be read, for any fault in the rows, and for links that cannot all be true:
    no link is written across a conflict.
    """
    sets, faults = [], list[MappingFault]()
    for file in files:
        with file.open("rb") as stream:
            mapping_set = read_mapping_set(stream, file.name)
            iri = set_iri(mapping_set.header, file.name)
            mappings = tuple(_mappings_of(mapping_set, file.name, faults))
            sets.append((iri, list(set_triples(mapping_set.header, iri)), mappings))
    _refuse(faults)
    mappings_of_project = ProjectMappings(tuple(sets))
    with check_rows(mappings_of_project.rows()) as checked:
        _refuse([conflict_lines([conflict]).rpartition("\n1 ")[0] for conflict in checked.conflicts])
    return mappings_of_project


def mapping_record(mapping: SemanticMapping, mapping_set: str, refused: frozenset[tuple[str, str]]) -> Record:
    """Return the statements of a mapping, with its link where it is one and the pair is not refused."""
    link = [link_triple(mapping)] if mapping.is_link and mapping.pair not in refused else []
    return [*link, *mapping_triples(mapping, mapping_set)]


def _mappings_of(mapping_set: MappingSet, file: str, faults: list[MappingFault]) -> Iterator[SemanticMapping]:
    for each in mapping_set.rows:
        if isinstance(each, MappingFault):
            faults.append(each)
        elif concept := _concept_of_identity(each):
            problem = (
                f"{concept} is a concept, which owl:sameAs must not link; choose skos:exactMatch or skos:closeMatch"
            )
            faults.append(MappingFault(file, each.line, problem))
        else:
            yield each


def _concept_of_identity(mapping: SemanticMapping) -> str:
    """Return the concept that a mapping states to be the same as something else; an empty text where it does not."""
    if mapping.predicate != str(OWL.sameAs):
        return ""
    return next((one for one in (mapping.subject, mapping.target) if one.startswith(_CONCEPTS)), "")


def _refuse(faults: Sequence[object]) -> None:
    if faults:
        more = [f"… and {len(faults) - _NAMED_FAULTS} more"] if len(faults) > _NAMED_FAULTS else []
        raise DataError("\n".join([*map(str, faults[:_NAMED_FAULTS]), *more]))


def _identifier(mapping: SemanticMapping) -> Iterator[Statement]:
    """Yield the identifier of an entity in a known register."""
    for identifier in read_identifiers(mapping.target)[:1]:
        entity = URIRef(mapping.subject)
        node = identifiers.resource("identifier", entity.removeprefix(f"{BASE}id/"), identifier.scheme)
        yield entity, ADMS.identifier, node
        yield node, SKOS.inScheme, identifiers.concept("identifier-scheme", identifier.scheme)
        yield node, SKOS.notation, Literal(identifier.number)
        yield from ((node, DCTERMS.source, URIRef(address)) for address in mapping.seen_at)
