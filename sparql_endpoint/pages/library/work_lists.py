"""Lists of works and instances, one page of each: what an agent made, what is about a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.label_lists import literals, sorted_labels
from sparql_endpoint.pages.library.titles import Written, written
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Term
from sparql_endpoint.stores.rows import among

FEW = 25
"""Things of one list on a page that has several."""
MANY = 100
"""Things on a page of one list."""
_MAX_BY_DATE = 100
"""Lists of more things are in the order of their titles, for which no dates need to be read."""


@dataclass(frozen=True)
class ListedWork:
    """A thing in a list; `published` are the titles of its instances where they are others than its own."""

    link: Label
    names: Sequence[Written]
    published: Sequence[Written]
    authors: Sequence[Label]
    languages: Sequence[Label]
    date: str


@dataclass(frozen=True)
class WorkList:
    """One page of a list: how many things it has in all, and where the next and the previous page are."""

    key: str
    """What the address calls the list."""
    title: Label | None
    """What the list is called; None where the key of a word says it."""
    word: str
    count: int
    resources: Sequence[ListedWork]
    page: int
    pages: int
    all_at: str
    """The address of the list alone; empty where all of it is here."""
    previous: str
    next: str


@dataclass(frozen=True)
class Group:
    """Things that belong in one list, with the names by which they are sorted."""

    key: str
    title: Label | None
    word: str
    names: Mapping[NamedNode, str]


def group_rows(rows: Iterable[Row]) -> Mapping[NamedNode, str]:
    """Return the things of rows, each with its first name in the order of the alphabet."""
    names: dict[NamedNode, str] = {}
    for row in rows:
        resource, name = row["thing"], text(row, "label")
        if isinstance(resource, NamedNode):
            names[resource] = min(names.get(resource, name) or name, name or names.get(resource, name))
    return names


def work_lists(groups: Sequence[Group], page_subject: NamedNode, labels: Labels) -> Sequence[WorkList]:
    """Return a page of each group: the first few of each, or one page of that which the request names by `?list=`.

    `besides` is what the page is about: it is not named as an author again.
    """
    chosen = next((group for group in groups if group.key == request.args.get("list")), None)
    displayed = [chosen] if chosen else [group for group in groups if group.names]
    size = MANY if chosen else FEW
    number = max(1, request.args.get("page", 1, type=int) or 1) if chosen else 1
    dates = _dates([node for group in displayed if _is_by_date(group) for node in group.names], labels)
    windows = [(group, _ordered(group, dates)[size * (number - 1) : size * number]) for group in displayed]
    rows = _rows([resource for _group, resources in windows for resource in resources], labels)
    return [
        _work_list(
            group,
            [_listed_work(resource, rows.get(resource, ()), page_subject, labels) for resource in resources],
            size,
            number,
        )
        for group, resources in windows
    ]


def _is_by_date(group: Group) -> bool:
    return len(group.names) <= _MAX_BY_DATE


def _dates(resources: Sequence[NamedNode], labels: Labels) -> Mapping[Term, str]:
    """Return the earliest date of each thing, of those that have one: one query for all lists of a page."""
    dates = among(query("pages/library/dates"), "thing", dict.fromkeys(resources))
    return {row["thing"]: text(row, "date") for row in labels.serving.store.select(dates)} if resources else {}


def _ordered(group: Group, dates: Mapping[Term, str]) -> Sequence[NamedNode]:
    """Return the things of a group: by date where there are few, else by title."""
    by_name = sorted(group.names, key=lambda resource: (group.names[resource].casefold(), resource.value))
    return sorted(by_name, key=lambda resource: dates.get(resource, "9999")) if _is_by_date(group) else by_name


def _rows(resources: Sequence[NamedNode], labels: Labels) -> Mapping[Term, Sequence[Row]]:
    rows = labels.serving.store.select(among(query("pages/library/shown"), "thing", resources)) if resources else ()
    return group_values((row["thing"], row) for row in rows)


def _date(rows: Sequence[Row]) -> str:
    dates = sorted(text(row, "value") for row in rows if text(row, "word") == "date")
    return next((date for date in dates if date[:1].isdigit()), "")


def _listed_work(resource: NamedNode, rows: Sequence[Row], page_subject: NamedNode, labels: Labels) -> ListedWork:
    values = group_values((text(row, "word"), row["value"]) for row in rows)
    names = [written(name) for name in literals(values.get("label", ()))]
    known = {name.text for name in names}
    published = {name.value: written(name) for name in literals(values.get("published", ()))}
    languages = (each for each in values.get("language", ()) if not str(each).startswith(f"<{resource.value}#"))
    return ListedWork(
        labels.of(resource),
        sorted(names, key=lambda name: ("-" not in name.language, name.language, name.text)),
        [published[name] for name in sorted(published) if name not in known][:3],
        sorted_labels({*values.get("author", ())} - {page_subject}, labels),
        sorted_labels(languages, labels),
        _date(rows),
    )


def _work_list(group: Group, resources: Sequence[ListedWork], size: int, number: int) -> WorkList:
    pages = max(1, -(-len(group.names) // size))
    is_all = len(group.names) <= len(resources)
    return WorkList(
        group.key,
        group.title,
        group.word,
        len(group.names),
        resources,
        number,
        pages,
        "" if is_all or size == MANY else _address(group.key, 1),
        _address(group.key, number - 1) if number > 1 else "",
        _address(group.key, number + 1) if size == MANY and number < pages else "",
    )


def _address(key: str, number: int) -> str:
    others = [(name, value) for name, value in request.args.items(multi=True) if name not in ("list", "page")]
    return f"?{urlencode([*others, ('list', key), ('page', number)])}"
