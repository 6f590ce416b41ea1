"""The table of kinds: what turns the documents of a source into graphs. A new kind is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loader.sources.graph_stream import SourceKind
from loader.sources.project import ProjectData
from loader.sources.source import Source

MakeKind = Callable[[Sequence[Source], ProjectData], SourceKind]
"""Makes the kind for all enabled sources of its name; curated knowledge and vocabulary are those of the project."""


def _status_report() -> MakeKind:
    from loader.status_report.report_kind import StatusReports  # noqa: PLC0415  a kind is imported when it is used

    return StatusReports


def _marc() -> MakeKind:
    from loader.marc.marc_kind import MarcRecords  # noqa: PLC0415  a kind is imported when it is used

    return MarcRecords


def _authority() -> MakeKind:
    from loader.authorities.authority_kind import AuthorityRecords  # noqa: PLC0415  a kind is imported when it is used

    return AuthorityRecords


def _decisions() -> MakeKind:
    from loader.decisions.decision_kind import DecisionFiles  # noqa: PLC0415  a kind is imported when it is used

    return DecisionFiles


def _json() -> MakeKind:
    from loader.json_records.json_kind import JsonRecords  # noqa: PLC0415  a kind is imported when it is used

    return JsonRecords


def _skos() -> MakeKind:
    from loader.vocabularies.skos_kind import Vocabularies  # noqa: PLC0415  a kind is imported when it is used

    return Vocabularies


def _table() -> MakeKind:
    from loader.tables.table_kind import TableSources  # noqa: PLC0415  a kind is imported when it is used

    return TableSources


KINDS: dict[str, Callable[[], MakeKind]] = {
    "authority": _authority,
    "decisions": _decisions,
    "json": _json,
    "marc": _marc,
    "skos": _skos,
    "status_report": _status_report,
    "table": _table,
}
"""Name to a function that imports the kind."""


def make_kinds(project: ProjectData) -> list[SourceKind]:
    """Return the kinds of the project's enabled sources, by name. Raises CuratedError for one not in `KINDS`."""
    for source in project.sources:
        if source.kind not in KINDS:
            known = ", ".join(sorted(KINDS))
            raise source.error(f"there is no kind of source “{source.kind}”; choose one of {known}")
    names = sorted({source.kind for source in project.sources if source.enabled})
    return [KINDS[name]()(project.sources_of(name), project) for name in names]
