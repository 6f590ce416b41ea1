"""Series (490, 800–830): statements as they are transcribed, and the series that have entries of their own.

https://www.loc.gov/marc/bibliographic/bd4xx.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.values.heading_keys import heading_key
from loader.marc.writing.authority_subfields import authority_numbers, number_of
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.name_composers import agent_kind, as_title_of_name, name_indicator, name_parts
from loader.marc.writing.record_number_composers import link_number
from loader.marc.writing.title_parts import hub_title, main_title
from nbkg.records.record import MarcField

_TRANSCRIBED = "t"
_TRACED = "tr"


def compose_statements(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 490: each statement, with the number in the series and its ISSN in subfields of their own."""
    series = composing.nodes.instance.nodes("hasSeries")
    for statement in composing.nodes.instance.texts("seriesStatement"):
        own = next((each for each in series if _is_of(statement, each)), series[0] if len(series) == 1 else None)
        if own is None or not _is_in_440(own, composing):
            yield from _statement_field(statement, series if own is None else [own], composing)


def _statement_field(statement: str, series: list[GraphNode], composing: RecordComposing) -> list[MarcField]:
    """Return 490, which is not traced where the only series that the statement may mean is transcribed alone."""
    is_alone = len(series) == 1 and is_transcribed(series[0]) and _TRACED not in _statuses(series[0])
    return make_fields("490", "0 " if is_alone else "1 ", _cut(statement, series, composing.nodes.instance))


def _is_in_440(series: GraphNode, composing: RecordComposing) -> bool:
    """Return whether the source has statement and entry of a series in one field, which has no place for an author."""
    has_field = composing.nodes.profile.practice.has_old_series and not is_transcribed(series)
    return has_field and not _hub(series).nodes("contribution")


def _hub(series: GraphNode) -> GraphNode:
    return series if series.is_a("Hub") else series.node("expressionOf")


def is_transcribed(series: GraphNode) -> bool:
    """Return whether a series is known by a statement alone."""
    return _TRANSCRIBED in _statuses(series)


def _statuses(series: GraphNode) -> list[str]:
    return codes_of(series.nodes("status"), "mstatus")


def _is_of(statement: str, series: GraphNode) -> bool:
    labels = main_title(series).values("mainTitle")
    return any(heading_key(statement).startswith(heading_key(label)) for label in labels if label)


def _cut(statement: str, series: list[GraphNode], instance: GraphNode) -> Parts:
    """Return the title, ISSN and number of a statement."""
    numbers = [text for relation in instance.nodes("relation") for text in relation.texts("seriesEnumeration")]
    issns = [
        number.value("rdf:value") for each in series for number in each.nodes("identifiedBy") if number.is_a("Issn")
    ]
    parts: Parts = []
    rest = statement.strip()
    while end := _ending(rest, numbers, issns):
        code, text = end
        rest = rest[: -len(text)].rstrip(" ;:,")
        parts.insert(0, (code, text))
    titles = [text for each in series for text in main_title(each).values("mainTitle")]
    return [*_titled(rest, titles if not parts else []), *parts]


def _ending(rest: str, numbers: list[str], issns: list[str]) -> tuple[str, str] | None:
    for code, texts in (("x", issns), ("v", numbers)):
        for text in texts:
            if text and rest != text and rest.endswith(text) and not rest[: -len(text)][-1:].isalnum():
                return code, text
    return None


def _titled(rest: str, titles: list[str]) -> Parts:
    """Return a title, and as a number what follows a title that is known to be shorter."""
    for title in titles:
        tail = rest[len(title) :]
        if rest.startswith(title) and tail.strip(" ;:,.") and (";" in tail or tail.strip()[:1].isdigit()):
            return [("a", title), ("v", tail.strip(" ;:,"))]
    return [("a", rest)]


def compose_entries(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 800–830: each series that is traced, with its author, number, ISSN and the number of its record."""
    instance = composing.nodes.instance
    relations = {relation.node("associatedResource"): relation for relation in instance.nodes("relation")}
    for series in instance.nodes("hasSeries"):
        if not is_transcribed(series):
            yield from _entry(series, relations.get(series, GraphNode(series.graph)), composing)


def _entry(series: GraphNode, relation: GraphNode, composing: RecordComposing) -> list[MarcField]:
    hub = _hub(series)
    agent = hub.node("contribution").node("agent")
    title = hub_title(hub, series)
    rest = [
        *each("3", relation.texts("part")),
        *_numbers(hub, composing),
        *each("v", relation.texts("seriesEnumeration")),
    ]
    if not agent:
        tag, indicators = ("440", "  ") if _is_in_440(series, composing) else ("830", " 0")
        return make_fields(tag, indicators, [*title, *rest, *authority_numbers(hub, composing.forms)])
    parts = name_parts(agent, composing)
    named = as_title_of_name(title)
    numbered = authority_numbers(hub if number_of(hub)[0] else agent, composing.forms)
    roles = [("4", code) for code in codes_of(hub.node("contribution").nodes("role"), "relators")]
    indicators = f"{name_indicator(agent, parts)} "
    return make_fields(f"8{agent_kind(agent)}", indicators, [*parts, *roles, *named, *rest, *numbered])


def _numbers(hub: GraphNode, composing: RecordComposing) -> Parts:
    """Return the ISSN of a series and the numbers of its record in the files of others."""
    parts: Parts = []
    for number in hub.nodes("identifiedBy"):
        value = number.value("rdf:value")
        if number.is_a("Issn"):
            parts.append(("y" if number.nodes("status") else "x", value))
        elif number.is_a("Local"):
            parts.append(("w", link_number(number.node("assigner").value("code"), value, composing.nodes)))
    return parts


COMPOSERS = (Composer(compose_statements, is_paired=True), Composer(compose_entries, is_paired=True))
