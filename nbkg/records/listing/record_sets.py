"""The sets that a record is in: by its source, its fields and its kind, as `data/record-listing/sets.toml` says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from nbkg.records.record import MarcField, MarcRecord

_ILLEGAL = re.compile(r"[^A-Za-z0-9\-_.!~*'()]+")
"""What a part of a setSpec cannot have (http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd, setSpecType)."""


class RecordSet(NamedTuple):
    """A set as a record names it."""

    spec: str
    """Its name in the protocol: parts with colons between."""
    label: str
    """The value by which the record is in it, as it stands in the record; empty where the table has the label."""


@dataclass(frozen=True)
class _FieldRule:
    """Which values of fields are sets of a group."""

    group: str
    tag: str
    codes: str
    second: str
    pattern: re.Pattern[str]
    name: str

    def sets(self, field: MarcField) -> Iterator[RecordSet]:
        """Yield the sets of a field with the tag."""
        if self.second and field.ind2 not in self.second:
            return
        for value in field.values(self.codes):
            if self.pattern.match(value) and (part := self.name or as_part(value)):
                yield RecordSet(f"{self.group}:{part}", self.name or value.strip())


class _SetTable(NamedTuple):
    rules: Mapping[str, Sequence[_FieldRule]]
    """By tag."""
    kinds: Sequence[tuple[re.Pattern[str], str]]
    names: Mapping[str, Mapping[str, str]]
    """The names of groups and kinds by language, by their specs."""


def as_part(value: str) -> str:
    """Return a value as a part of a set's name: what it cannot have becomes a low line."""
    return _ILLEGAL.sub("_", value.strip()).strip("_")


def record_sets(record: MarcRecord, source: str) -> list[RecordSet]:
    """Return the sets of a record, each once, those that are above others before them."""
    table = _read_table()
    sets = [RecordSet("source", ""), RecordSet(f"source:{source}", source), *_kinds(record, table)]
    for field in record.fields:
        for rule in table.rules.get(field.tag, ()):
            for each in rule.sets(field):
                sets += (RecordSet(rule.group, ""), each)
    return list({each.spec: each for each in sets}.values())


def _kinds(record: MarcRecord, table: _SetTable) -> Iterator[RecordSet]:
    yield RecordSet("kind", "")
    yield RecordSet(f"kind:{record.kind}", record.kind)
    codes = record.leader[6:8]
    spec = next((spec for pattern, spec in table.kinds if pattern.match(codes)), "")
    if spec.startswith(f"{record.kind}:"):
        yield RecordSet(f"kind:{spec}", "")


def set_names(spec: str) -> Mapping[str, str]:
    """Return the names in nb, nn and en that the table gives to a set, or to the group that it is in; else none."""
    names = _read_table().names
    return names.get(spec) or names.get(spec.partition(":")[0], {})


def has_own_names(spec: str) -> bool:
    """Return whether the names of a set are its own, not those of its group."""
    return spec in _read_table().names


@cache
def _read_table() -> _SetTable:
    text = files("data").joinpath("record-listing", "sets.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    kinds = table.pop("kinds")
    rules = [_rule(group, entry) for group, member in table.items() for entry in member.get("fields", ())]
    names = {group: _names(member) for group, member in table.items()}
    names |= {f"kind:{kind['spec']}": _names(kind) for kind in kinds}
    by_tag = {rule.tag: [each for each in rules if each.tag == rule.tag] for rule in rules}
    return _SetTable(by_tag, [(re.compile(kind["leader"]), kind["spec"]) for kind in kinds if "leader" in kind], names)


def _rule(group: str, entry: Mapping[str, str]) -> _FieldRule:
    pattern = re.compile(entry.get("pattern", ""))
    return _FieldRule(group, entry["tag"], entry["codes"], entry.get("second", ""), pattern, entry.get("name", ""))


def _names(member: Mapping[str, str]) -> Mapping[str, str]:
    return {language: member[language] for language in ("nb", "nn", "en")}
