"""Numbers of a record (001, 003, 014, 035), when it was changed (005), and who catalogued (040, 042).

https://www.loc.gov/marc/bibliographic/bd001.html, https://www.loc.gov/marc/bibliographic/bd01x09x.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loader.marc.fields.control_fields import RULES_OF_DESCRIPTION
from loader.marc.fields.minor_number_fields import LINKAGE
from loader.marc.identity.linked_records import read_record_number
from loader.marc.values.literals import path_segment
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import control_fields, each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.record_nodes import RecordNodes
from nbkg.records.record import MarcField

_RECORD_KEY = re.compile(r"(?:035|content)-.*")


def control_number(nodes: RecordNodes) -> str:
    """Return the control number: that by which the record is named, else the key in its IRI."""
    own = own_number(nodes)
    return own.value("rdf:value") if own else "" if _RECORD_KEY.fullmatch(nodes.key) else nodes.key


def own_number(nodes: RecordNodes) -> GraphNode:
    """Return the identifier that is the control number, or a node that does not exist."""
    numbers = [each for each in nodes.record.nodes("identifiedBy") if each.is_a("Local") and not _is_linkage(each)]
    named = [each for each in numbers if path_segment(each.value("rdf:value")) == path_segment(nodes.key)]
    unassigned = [each for each in numbers if not each.nodes("assigner")]
    return next(iter([*named, *unassigned]), GraphNode(nodes.graph))


def _is_linkage(number: GraphNode) -> bool:
    return LINKAGE in number.values("qualifier")


def compose_control_number(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 001, and 003 where the graph says who gave the number and the profile does not."""
    yield from control_fields("001", control_number(composing.nodes))
    assigner = _assigner(composing.nodes)
    profile = composing.nodes.profile
    if not (profile.practice.has_no_identifier and assigner == profile.assigner):
        yield from control_fields("003", assigner)


def _assigner(nodes: RecordNodes) -> str:
    """Return who gave the control number; of several spellings of a code one that the profile does not use in 035."""
    codes = own_number(nodes).node("assigner").values("code")
    systems = {system.code for system in nodes.profile.systems}
    return next((code for code in codes if code not in systems), next(iter(codes), ""))


def compose_change(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 005: `20230531203520.0`."""
    for time in composing.nodes.record.values("changeDate"):
        digits = re.sub(r"\D", "", time)[:14]
        yield from control_fields("005", f"{digits:0<14}.0" if len(digits) >= 8 else "")


def compose_system_numbers(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 035 and 014: the numbers of the record in other systems."""
    own = own_number(composing.nodes)
    for number in composing.nodes.record.nodes("identifiedBy"):
        codes = [agent.value("code") for agent in number.nodes("assigner")]
        for code in codes[1:] if number == own else codes:
            yield from _system_field(number, code, composing.nodes)


def _system_field(number: GraphNode, code: str, nodes: RecordNodes) -> list[MarcField]:
    value = number.value("rdf:value")
    if _is_linkage(number):
        return make_fields("014", "1 ", [("a", value), ("b", f"({code})")])
    text = f"(OCoLC){value}" if number.is_a("OclcNumber") else system_number(code, value, nodes)
    return make_fields("035", "  ", [("z" if number.nodes("status") else "a", text)])


def system_number(code: str, value: str, nodes: RecordNodes) -> str:
    """Return a number as its system writes it: with letters of its own, else with the code in parentheses."""
    for system in nodes.profile.systems:
        if system.code == code and (written := _affixed(system.pattern, value)) != value:
            return written
    return f"({code}){value}" if code else value


def link_number(code: str, value: str, nodes: RecordNodes) -> str:
    """Return a number in $w: without a code where the profile knows it by its form."""
    written = system_number(code, value, nodes)
    known = read_record_number(value, nodes.profile.systems)
    return value if known.code == code else written


def _affixed(pattern: re.Pattern[str], value: str) -> str:
    """Return a number with the letters that its pattern has before and after it."""
    before, _group, after = pattern.pattern.partition("(?P<number>")
    after = after.partition(")")[2]
    written = f"{before.lstrip('^')}{value}{after.rstrip('$')}"
    match = pattern.match(written)
    return written if match and match["number"] == value else value


def rules_of(record: GraphNode) -> list[str]:
    """Return the rules by which a record describes, without those that leader/18 says."""
    rules = codes_of(record.nodes("descriptionConventions"), "descriptionConventions")
    return [rule for rule in rules if rule not in _IN_LEADER]


_IN_LEADER = frozenset(RULES_OF_DESCRIPTION.values())


def compose_source(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 040: who made the record and changed it, in which language and by which rules."""
    record = composing.nodes.record
    agencies = [agent.value("code") for agent in record.nodes("assigner")]
    transcribers = agencies[1:] or (agencies[:1] if composing.nodes.profile.practice.has_transcriber else [])
    subfields = [
        *each("a", agencies[:1]),
        *each("b", codes_of(record.nodes("descriptionLanguage"), "languages")),
        *each("e", rules_of(record)),
        *each("c", transcribers),
        *each("d", [agent.value("code") for agent in record.nodes("descriptionModifier")]),
    ]
    yield from make_fields("040", "  ", subfields)


def compose_authentication(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 042: the codes of programmes that vouch for the record."""
    codes = codes_of(composing.nodes.record.nodes("descriptionAuthentication"), "marcauthen")
    yield from make_fields("042", "  ", each("a", codes))


COMPOSERS = tuple(
    map(
        Composer,
        (compose_control_number, compose_change, compose_system_numbers, compose_source, compose_authentication),
    )
)
