"""Links as a mapping file (SSSOM/TSV): what was linked, and what persons refused (predicate_modifier Not)."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import IO, Self

from sssom_pydantic.models import Record

from loader import identifiers
from loader.link.records.heading_kinds import HeadingKind, justifications
from loader.namespaces import BASE
from nbkg.decisions.pair_decision import Answer, Decision

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "author_label",
    "mapping_date",
    "similarity_score",
    "see_also",
    "comment",
)
_NAMESPACE = re.compile(r"(.*[/#])([\w.,()~!*:;=@$+-]*)", re.DOTALL)
_KNOWN = {"skos": "http://www.w3.org/2004/02/skos/core#", "semapv": "https://w3id.org/semapv/vocab/"}
_LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"


class SssomOutput:
    """Takes decisions and writes them at its end, when all prefixes are known; the rows wait in a file."""

    def __init__(self, output: IO[bytes], kind: HeadingKind, source: str) -> None:
        self._output, self._kind, self._source = output, kind, source
        self._prefixes = {namespace: prefix for prefix, namespace in _KNOWN.items()}
        self._spaces = {"heading": f"{identifiers.resource('heading', source)}/"}
        self._spaces["record"] = f"{identifiers.resource('record', source)}/"
        self._prefixes |= {namespace: prefix for prefix, namespace in self._spaces.items()}

    def __enter__(self) -> Self:
        self._rows = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")
        self._writer = csv.DictWriter(self._rows, COLUMNS, restval="", dialect=csv.excel_tab, lineterminator="\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._rows:
            if kind is None:
                self._output.writelines(line.encode() for line in self._head())
                self._rows.seek(0)
                self._output.writelines(line.encode() for line in self._rows)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Write what is linked or refused; each row is checked by the model of the package `sssom-pydantic`.

        Raises pydantic's ValidationError for a row that the standard does not allow.
        """
        for decision in decisions:
            if decision.answer is not Answer.PROPOSED:
                cells = dict(self._cells(decision))
                Record.model_validate({**cells, **{name: [cells[name]] for name in _LISTS & cells.keys()}})
                self._writer.writerow(cells)

    def _cells(self, decision: Decision) -> Iterator[tuple[str, str]]:
        person, score = decision.person, decision.score
        values = {
            "subject_id": self._curie(self._iri(decision.members[0])),
            "subject_label": decision.names[0] if decision.names else "",
            "predicate_id": self._curie(self._kind.predicate),
            "predicate_modifier": "Not" if decision.answer is Answer.REFUSED else "",
            "object_id": self._curie(decision.members[-1]),
            "object_label": decision.names[-1] if decision.names else "",
            "mapping_justification": justifications()["personal" if person else decision.rule],
            "confidence": "1" if person or decision.rule == "identifier" else "",
            "author_label": person.name if person else "",
            "mapping_date": person.when[:10] if person else "",
            "similarity_score": "" if person or score is None else f"{score / 100:g}",
            "see_also": str(identifiers.resource("decision", decision.kind, decision.key)),
            "comment": decision.note,
        }
        yield from ((name, " ".join(value.split())) for name, value in values.items() if value)

    def _iri(self, member: str) -> str:
        """Return the IRI of a thing; that of a heading or record of this source, where it is a key."""
        if ":" in member:
            return member
        kind, _, key = member.removeprefix(f"{self._source}/").rpartition("/")
        return self._spaces[kind or "record"] + key

    def _curie(self, iri: str) -> str:
        """Return the compact form of an IRI, for which a prefix is declared."""
        match = _NAMESPACE.fullmatch(iri)
        namespace, local = (match[1], match[2]) if match else (iri, "")
        prefix = self._prefixes.setdefault(namespace, f"ns{len(self._prefixes)}")
        return f"{prefix}:{local}"

    def _head(self) -> Iterator[str]:
        yield "#curie_map:\n"
        for namespace, prefix in self._prefixes.items():
            if prefix not in _KNOWN:
                yield f'#  {prefix}: "{namespace}"\n'
        yield f"#license: {_LICENCE}\n"
        yield f"#mapping_set_id: {BASE}id/mapping-set/{identifiers.slug(self._source)}\n"
        yield "\t".join(COLUMNS) + "\n"


_LISTS = frozenset({"author_label", "see_also"})
"""Slots that may have several values."""
