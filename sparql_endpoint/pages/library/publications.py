"""Where, by whom and when an instance was published, produced, printed or distributed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.services.labels import Label, Labels, TextLabel

_WORDS = {
    "bf:Publication": "bib_publication",
    "bf:Production": "bib_production",
    "bf:Distribution": "bib_distribution",
    "bf:Manufacture": "bib_manufacture",
}


@dataclass(frozen=True)
class Publication:
    """One activity: the key of the word for its kind; countries stand there only where no other place is named."""

    word: str
    places: Sequence[Label]
    agents: Sequence[Label]
    dates: Sequence[Label]


def publications_of(instance: NamedNode, described: Description, labels: Labels) -> Sequence[Publication]:
    """Return the publications and the like of an instance, publications first."""
    collected = [_activity(part, described, labels) for part in described.nodes(instance, "bf:provisionActivity")]
    copyright_dates = described.texts(instance, "bf:copyrightDate")
    if copyright_dates:
        collected.append(Publication("bib_copyright", (), (), [_date(one.value) for one in copyright_dates]))
    return sorted(collected, key=lambda one: one.word != "bib_publication")


def _activity(part: NamedNode, described: Description, labels: Labels) -> Publication:
    kinds = described.kinds(part)
    word = next((word for kind, word in _WORDS.items() if kind in kinds), "bib_provision")
    places = described.nodes(part, "bf:place")
    return Publication(
        word,
        [labels.of(node) for node in [node for node in places if not _is_country(node)] or places],
        [labels.of(agent) for agent in described.nodes(part, "bf:agent")],
        [_date(text) for text in _written_dates(described.texts(part, "bf:date"))],
    )


def _is_country(position: NamedNode) -> bool:
    """Return whether a place is a code of a country, which says no more than the places that a record names."""
    return any(name in position.value for name in ("/vocabulary/countries/", "/concept/country/"))


def _written_dates(dates: Sequence[Literal]) -> Sequence[str]:
    """Return the dates as they are printed, each once; those in EDTF where none is in words."""
    words = [date.value for date in dates if not date.datatype.value.endswith("/edtf")]
    return list(dict.fromkeys(words or [date.value for date in dates]))


def _date(text: str) -> TextLabel:
    """Return a date: what begins with a figure or a bracket is EDTF, and is written in words."""
    return TextLabel(text, title="edtf:edtf" if text[:1].isdigit() else None)
