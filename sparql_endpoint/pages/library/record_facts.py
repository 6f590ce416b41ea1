"""What is said of a record itself: its numbers, dates, level, rules, and who catalogued it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.pages.library.facts import Fact, facts_of
from sparql_endpoint.pages.library.identifiers import StandardNumber, identifiers_of
from sparql_endpoint.services.labels import Label, Labels

_FACTS: Mapping[str, Sequence[str]] = {
    "rec_status": ("bf:status",),
    "rec_level": ("bf:descriptionLevel",),
    "rec_rules": ("bf:descriptionConventions",),
    "rec_language": ("bf:descriptionLanguage",),
    "rec_assigner": ("bf:assigner",),
    "rec_modifier": ("bf:descriptionModifier",),
    "rec_authentication": ("bf:descriptionAuthentication",),
    "rec_bibliography": ("bf:nationalBibliography", "bf:note"),
    "rec_derived": ("bf:derivedFrom",),
}


@dataclass(frozen=True)
class RecordName:
    """The key of a source and the key of a record within it, as they stand in the record's IRI."""

    source: str
    key: str

    @property
    def path(self) -> str:
        """Return both as a part of an address, without a suffix."""
        return f"{quote(self.source, safe='')}/{quote(self.key, safe='')}"

    @property
    def file(self) -> str:
        """Return the key as the name of a file, without a suffix."""
        return re.sub(r"[^A-Za-z0-9._-]", "-", self.key)


@dataclass(frozen=True)
class RecordFacts:
    """A record: its page, its name, and what is said of it."""

    link: Label
    iri: str
    name: RecordName | None
    numbers: Sequence[StandardNumber]
    created: str
    changed: str
    facts: Sequence[Fact]


def record_facts(record: NamedNode, described: Description, labels: Labels) -> RecordFacts:
    """Return what is said of a record."""
    return RecordFacts(
        labels.of(record),
        record.value,
        record_name(record, labels),
        identifiers_of(record, described),
        described.text(record, "bf:creationDate"),
        described.text(record, "bf:changeDate"),
        facts_of(record, _FACTS, described, labels),
    )


def record_name(record: NamedNode, labels: Labels) -> RecordName | None:
    """Return the name of a record by its IRI, `id/record/{source}/{key}`; None of an IRI that is none."""
    start = f"{labels.addresses.base}id/record/"
    source, mark, key = record.value.removeprefix(start).partition("/")
    if not record.value.startswith(start) or not mark or not key or "#" in key:
        return None
    return RecordName(unquote(source), unquote(key))
