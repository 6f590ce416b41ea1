"""A list of measures as an address asks for it: chosen by filters and words, in an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pyoxigraph import NamedNode

from sparql_endpoint.pages.strategy.base.filters import FILTERS, Choices
from sparql_endpoint.pages.strategy.base.table import Measure, Milestone, Strategy
from sparql_endpoint.services.labels import Label, Labels, TextLabel

SORTS = ("number", "title", "theme", "status", "unit", "due")
"""What a list can be ordered by; with `-` before it the other way round."""
_LETTERS = str.maketrans({"æ": "z\ue000", "ä": "z\ue000", "ø": "z\ue001", "ö": "z\ue001", "å": "z\ue002"})
"""The last letters of the Norwegian alphabet."""


@dataclass(frozen=True)
class Wrong:
    """A value that a filter or the order cannot have."""

    name: str
    value: str


@dataclass(frozen=True)
class MeasureQuery:
    """What an address asks for; spellings as they stand in it, empty ones left out."""

    filters: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    sort: str = SORTS[0]
    wrong: Sequence[Wrong] = ()
    strategy: str = ""
    """The key of the strategy; empty for the current one."""

    @property
    def query(self) -> Mapping[str, str]:
        """The address's query, without the language."""
        sort = {"sort": self.sort} if self.sort != SORTS[0] else {}
        strategy = {"strategy": self.strategy} if self.strategy else {}
        return {**strategy, **({"q": self.text} if self.text else {}), **self.filters, **sort}

    def without(self, name: str) -> Mapping[str, str]:
        """The query without one of its parts."""
        return {key: value for key, value in self.query.items() if key != name}

    def with_filter(self, name: str, spelling: str) -> Mapping[str, str]:
        """The query with a value of a filter, in place of another one of that filter."""
        return {**self.query, name: spelling}

    def sorted_by(self, name: str) -> Mapping[str, str]:
        """The query with another order; the other way round where it is the order already."""
        turned = f"-{name}" if self.sort == name else name
        return {**self.without("sort"), **({"sort": turned} if turned != SORTS[0] else {})}


def read_measure_query(arguments: Callable[[str], Sequence[str]], choices: Choices) -> MeasureQuery:
    """Return the query that an address's arguments make, each checked against the values that there are."""
    arguments_of = {name: [value for value in arguments(name) if value] for name in (*FILTERS, "q", "sort", "strategy")}
    wrong = [Wrong(name, " + ".join(values)) for name, values in arguments_of.items() if len(values) > 1]
    one = {name: values[0] for name, values in arguments_of.items() if len(values) == 1}
    wrong += [Wrong(n, one[n]) for n in FILTERS if n in one and choices.meant(n, one[n]) is None]
    sort = one.get("sort", SORTS[0])
    if sort.removeprefix("-") not in SORTS:
        wrong.append(Wrong("sort", sort))
    filters = {name: one[name] for name in FILTERS if name in one}
    return MeasureQuery(filters, " ".join(one.get("q", "").split()), sort, wrong, one.get("strategy", ""))


class Listing:
    """The measures that fit, as a page or a file shows them."""

    def __init__(self, strategy: Strategy, choices: Choices, labels: Labels) -> None:
        self._strategy = strategy
        self._choices = choices
        self._order = {measure.iri: index for index, measure in enumerate(strategy.measures)}
        self.labels = labels

    def measures(self, wanted_query: MeasureQuery) -> Sequence[Measure]:
        """Return the measures that fit the query, in its order; none where a part of the query is wrong."""
        if wanted_query.wrong:
            return ()
        fitting = [measure for measure in self._strategy.measures if self._fits(measure, wanted_query)]
        name, turned = wanted_query.sort.removeprefix("-"), wanted_query.sort.startswith("-")
        keyed = [(self._sort_key(measure, name), measure) for measure in fitting]
        with_key = [pair for pair in keyed if pair[0]]
        with_key.sort(key=lambda pair: pair[0], reverse=turned)
        return [measure for _, measure in (*with_key, *(pair for pair in keyed if not pair[0]))]

    def measures_beside(self, name: str, wanted_query: MeasureQuery) -> Sequence[Measure]:
        """Return the measures that fit all of the query but one filter; all measures where a part of it is wrong."""
        if wanted_query.wrong:
            return self._strategy.measures
        filters = {other: value for other, value in wanted_query.filters.items() if other != name}
        without = replace(wanted_query, filters=filters)
        return [measure for measure in self._strategy.measures if self._fits(measure, without)]

    def _fits(self, measure: Measure, wanted_query: MeasureQuery) -> bool:
        for name, spelling in wanted_query.filters.items():
            if self._choices.meant(name, spelling) not in list(FILTERS[name](measure, self._strategy.statuses)):
                return False
        if not wanted_query.text:
            return True
        words = "\n".join(self._words(measure)).casefold()
        return all(word in words for word in wanted_query.text.casefold().split())

    def _words(self, measure: Measure) -> Iterator[str]:
        """All the words by which a measure is found: its own, and the names of what it names."""
        yield measure.key
        yield measure.text.value
        yield measure.comment.value if measure.comment else ""
        yield self.title(measure).text
        nodes = [measure.status, measure.theme, *(a.iri for a in measure.agents), *(e.iri for e in measure.entities)]
        yield from (self.labels.of(node).text for node in nodes if isinstance(node, NamedNode))

    def title(self, measure: Measure) -> Label:
        """The measure's short title, or the report's wording where it has none."""
        return title(measure, self.labels)

    def due(self, measure: Measure) -> Milestone | None:
        """The first of its dated plans that had not passed when the report came, else its last; None without any."""
        plans = sorted((plan for plan in measure.plans if plan.when), key=lambda one: one.latest or date.max)
        day = self._strategy.issued_on or date.min
        return next((plan for plan in plans if not plan.is_past(day)), plans[-1] if plans else None)

    def _sort_key(self, measure: Measure, name: str) -> list[str]:
        """By what a measure is put in an order; empty where it has nothing of that, and stands last."""
        if name == "number":
            return [f"{self._order[measure.iri]:09}"]
        if name == "title":
            return [alphabetical(self.title(measure).text)]
        if name == "due":
            due = self.due(measure)
            return [due.latest.isoformat()] if due and due.latest else []
        nodes: Mapping[str, Sequence[object]] = {
            "theme": [measure.theme],
            "status": [self._strategy.statuses.top(measure.status), measure.status],
            "unit": [agent.iri for agent in measure.agents],
        }
        return [alphabetical(self.labels.of(n).text) for n in nodes[name] if isinstance(n, NamedNode)]


def title(measure: Measure, labels: Labels) -> Label:
    """A measure's short title, or the report's wording where it has none."""
    label = labels.of(measure.iri)
    if label.text != labels.compact(measure.iri.value):
        return label
    return TextLabel(measure.text.value, measure.text.language, label.href, label.title)


def wordings(measures: Iterable[Measure]) -> Mapping[str, Label]:
    """Return the report's wording of each measure by its IRI: a short title is ours, not the report's."""
    return {measure.iri.value: TextLabel(measure.text.value, measure.text.language) for measure in measures}


def alphabetical(text: str) -> str:
    """By what a text is put in Norwegian alphabetical order."""
    return text.casefold().translate(_LETTERS)
