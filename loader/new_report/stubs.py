"""Stubs of curated entries for what a new report leaves to people; they are comments until somebody fills them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import Graph, URIRef

from loader import identifiers
from loader.build.left_to_do import names_without_entry
from loader.namespaces import DCAT, DCTERMS, NBKG, RDFS, SKOS, XSD
from loader.status_report.model.report import StatusReport

_HEAD = """\
# Stubs for what the report of {issued} leaves to people. They are comments, and the build reads none of them.
# Fill in each “…”, take away the “# ” before the entry and move it into the file that is named above it.
# Delete the stubs of what needs no entry, and at last this file.
@prefix dcterms: <{dcterms}> .
@prefix nbkg: <{nbkg}> .
@prefix skos: <{skos}> .
"""
_STRATEGY_PREFIXES = {"dcat": DCAT, "dcterms": DCTERMS, "nbkg": NBKG, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
_CONTEXT = 60
"""Characters of the wording that are shown on either side of a name."""


def stub_file(report: StatusReport, keys: Sequence[str], graph: Graph) -> str | None:
    """Return a Turtle file of stubs: measures without a title, names without an entry.

    `graph` holds what was built. Returns None where nothing is left to do.
    """
    stubs = [*_titles(report, keys, graph), *_names(report, graph)]
    blocks = ("\n".join(f"# {line}".rstrip() for line in stub.splitlines()) for stub in stubs)
    head = _HEAD.format(issued=report.issued, dcterms=DCTERMS, nbkg=NBKG, skos=SKOS)
    return "\n\n".join([head, *blocks]) + "\n" if stubs else None


def strategy_stub(report: StatusReport) -> str:
    """Return the entries to fill in for the strategy that a report is on, the strategy itself and its period.

    They can stand at the end of any Turtle file: they declare their prefixes.
    """
    strategy = identifiers.resource("strategy", report.strategy)
    period = identifiers.resource("period", f"strategy-{report.strategy}")
    entry = _entry(strategy, "nbkg:Strategy", more=f"    dcterms:temporal <{period}> ;\n")
    prefixes = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in _STRATEGY_PREFIXES.items())
    return (
        f"{prefixes}\n\n{entry}\n\n"
        f"<{period}> a dcterms:PeriodOfTime ;\n"
        '    rdfs:label "…"@nb ,\n        "…"@nn ,\n        "…"@en ;\n'
        '    dcat:startDate "YYYY-MM-DD"^^xsd:date ;\n    dcat:endDate "YYYY-MM-DD"^^xsd:date ;\n'
        "    dcterms:source <https://…> ."
    )


def _titles(report: StatusReport, keys: Sequence[str], graph: Graph) -> Iterator[str]:
    for row, key in zip(report.rows, keys, strict=True):
        measure = identifiers.measure(report.strategy, key)
        if graph.value(measure, NBKG.shortTitle) is None:
            number = f"{row.number[0]}. " if row.number else ""
            yield (
                f"titles.ttl: {number}{row.text.text}\n{measure.n3()}\n"
                '    nbkg:shortTitle "…"@nb ,\n        "…"@nn ,\n        "…"@en .'
            )


def _names(report: StatusReport, graph: Graph) -> Iterator[str]:
    prefix = identifiers.observation(report.issued, "")
    for name, (subject, wording) in names_without_entry(graph).items():
        if not subject.startswith(prefix):
            continue
        start = wording.find(name)
        words = wording[max(0, start - _CONTEXT) : start + len(name) + _CONTEXT]
        entry = identifiers.resource("…", identifiers.slug(name))
        yield f"services.ttl, organisations.ttl, …: “{name}” in “… {words} …”\n{_entry(entry, 'nbkg:…', name)}"


def _entry(entry: URIRef, kind: str, name: str = "…", more: str = "") -> str:
    label = name.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f"<{entry}> a {kind} ;\n"
        f'    skos:prefLabel "{label}"@nb ,\n        "…"@nn ,\n        "…"@en ;\n'
        '    skos:definition "…"@nb ,\n        "…"@nn ,\n        "…"@en ;\n'
        f"{more}    dcterms:source <https://…> ."
    )
