"""Whether MARC records follow the rules of `shapes/bibliographic.ttl`, by compiled shapes: for millions of records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from rdflib import Graph, URIRef

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from loader.meter import Advance
from loader.namespaces import SH
from loader.validate.compiled_shapes import ShapeFinding, compile_shapes
from loader.validate.read import parse
from loader.validate.results import Severity
from nbkg.errors import DataError
from nbkg.records.record import DeliveredRecord

_SHAPES = "bibliographic.ttl"
_EXAMPLES = 3
"""Records of each rule that are remembered."""


@dataclass(frozen=True)
class RecordRule:
    """A rule for records: one shape that can find something."""

    shape: str
    severity: Severity
    names: dict[str, str]
    """What the rule is about, by language."""
    messages: dict[str, str]
    """What is wrong where it is broken, and what to do, by language."""


@dataclass
class BrokenRule:
    """What was found by one rule."""

    rule: RecordRule
    records: int = 0
    findings: int = 0
    examples: list[str] = field(default_factory=list)
    """The first few records that break it."""


@dataclass
class RecordValidation:
    """What was found in all files."""

    records: int = 0
    sound: int = 0
    """Records in which no error was found; there may be warnings and notes."""
    damaged: int = 0
    deleted: int = 0
    """Records that say that they are deleted, which are not checked."""
    broken: dict[str, BrokenRule] = field(default_factory=dict)
    failures: list[DataError] = field(default_factory=list)
    """The errors of files that could not be read, or not to their end."""

    @property
    def is_good(self) -> bool:
        """Whether all records could be read, and no rule of the severity Violation was broken."""
        return not self.failures and not self.damaged and self.sound == self.records

    def rules(self) -> list[BrokenRule]:
        """Return the broken rules: the heaviest first, then by the number of records."""
        order = list(Severity)
        return sorted(
            self.broken.values(), key=lambda one: (order.index(one.rule.severity), -one.records, one.rule.shape)
        )


class RecordFinding(NamedTuple):
    """What a rule found in a record."""

    rule: RecordRule
    finding: ShapeFinding

    @property
    def is_error(self) -> bool:
        """Whether the rule is of the severity Violation."""
        return self.rule.severity is Severity.VIOLATION

    def line(self, file: Path, record: str) -> str:
        """Return the finding as a line of JSON; `record` is the number of the record, or where it is."""
        rule, (_shape, _component, focus, value) = self
        values = {"file": str(file), "record": record, "severity": rule.severity.value, "shape": rule.shape}
        values |= {"focus": focus[1:-1], "value": value} if value else {"focus": focus[1:-1]}
        return json.dumps(values, ensure_ascii=False) + "\n"


class RecordRules:
    """The rules for records, ready to check what one became."""

    def __init__(self) -> None:
        shapes = read_record_shapes()
        self._shapes = compile_shapes(shapes)
        self._rules = {str(shape): _rule(shapes, shape) for shape in shapes.subjects(SH.message)}

    def check(self, lines: Iterable[str]) -> list[RecordFinding]:
        """Return what is found in the statements of a record."""
        return [RecordFinding(self._rules[finding.shape], finding) for finding in self._shapes.check(lines)]


class RecordValidator:
    """Maps the records of one source and checks what they become."""

    def __init__(self, source: str, profile: MarcProfile) -> None:
        self._map_record = make_mapping(source, profile)
        self._character_set = profile.character_set
        self._rules = RecordRules()
        self.validation = RecordValidation()

    def check_file(self, file: Path, advance: Advance) -> Iterator[tuple[str, RecordFinding]]:
        """Yield what is found in a file, each with the record's number, or with its place where it has none.

        What came before a file's error is counted, and the error is among the failures.
        """
        try:
            for delivery in in_declared_set(read_marc_file(file, advance), self._character_set):
                if isinstance(delivery, DeliveredRecord):
                    yield from self._check(delivery)
                elif isinstance(delivery, DamagedRecord):
                    self.validation.damaged += 1
        except DataError as error:
            self.validation.failures.append(error)

    def _check(self, delivered: DeliveredRecord) -> Iterator[tuple[str, RecordFinding]]:
        record, validation = delivered.record, self.validation
        if record.is_deleted:
            validation.deleted += 1
            return
        findings = self._rules.check(self._map_record(record).lines)
        validation.records += 1
        name = record.control_number.strip() or f"byte {delivered.offset:,}"
        validation.sound += not any(each.is_error for each in findings)
        for each in findings:
            validation.broken.setdefault(each.rule.shape, BrokenRule(each.rule)).findings += 1
        for shape in dict.fromkeys(each.rule.shape for each in findings):
            broken = validation.broken[shape]
            broken.records += 1
            broken.examples += [name] if len(broken.examples) < _EXAMPLES else []
        for each in findings:
            yield name, each


def read_record_shapes() -> Graph:
    """Return the shapes for records, as they are shipped."""
    return parse((files("shapes") / _SHAPES).read_bytes(), _SHAPES)


def _rule(shapes: Graph, shape: object) -> RecordRule:
    node = URIRef(str(shape))
    severity = str(shapes.value(node, SH.severity) or SH.Violation).removeprefix(str(SH))
    texts = [
        {getattr(text, "language", None) or "": str(text) for text in sorted(shapes.objects(node, about), key=str)}
        for about in (SH.name, SH.message)
    ]
    return RecordRule(str(node), Severity(severity), *texts)
