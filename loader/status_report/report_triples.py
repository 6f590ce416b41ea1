"""A report's records to triples: one small generator for each thing the report says (docs/data-model.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from loader import identifiers
from loader.namespaces import DCTERMS, EDTF, NBKG, ORG, RDF, SKOS, XSD
from loader.status_report.mention_roles import INVOLVED, merge_mentions
from loader.status_report.model.report import Milestone, Outcome, Role, Row, StatusReport, Unit, Words
from loader.status_report.quotes import QuoteBook, Triple


@dataclass(frozen=True)
class Context:
    """The facts that the triples of one report need beside its records."""

    report: StatusReport
    keys: Sequence[str]
    """The measure key of each row (`loader.measures`)."""
    publisher: URIRef
    agents: frozenset[str]
    """The curated entities that are organisations or groups."""

    @property
    def by_number(self) -> Mapping[int, str]:
        """Number printed in part I to measure key."""
        return {row.number[0]: key for row, key in zip(self.report.rows, self.keys, strict=True) if row.number}


def source_triples(report: StatusReport) -> Iterator[Triple]:
    """Yield the report's whole text, unchanged (`graph/source/{date}`)."""
    text = identifiers.text(report.issued)
    yield text, RDF.type, NBKG.SourceText
    yield text, RDF.value, Literal(report.source.text)
    yield text, NBKG.fileName, Literal(report.source.path.name)
    yield text, NBKG.sha256, Literal(report.source.sha256)
    yield text, DCTERMS.isFormatOf, identifiers.report(report.issued)


def report_triples(context: Context) -> Iterator[Triple]:
    """Yield what the report says (`graph/report/{date}`)."""
    report = context.report
    iri = identifiers.report(report.issued)
    book = QuoteBook(iri, report)
    yield from _head(context, iri, book)
    for unit in report.units:
        yield from _unit(unit, iri, book)
    for link in report.unplaced:
        yield iri, DCTERMS.references, URIRef(link.target)
        yield from book.quote(iri, link.printed, DCTERMS.references)
    for row, key in zip(report.rows, context.keys, strict=True):
        yield from _observation(context, row, key)


def _head(context: Context, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    report = context.report
    yield iri, RDF.type, NBKG.StatusReport
    yield iri, NBKG.partOfStrategy, identifiers.resource("strategy", report.strategy)
    yield iri, DCTERMS.title, Literal(report.title.text, lang="nb")
    yield iri, DCTERMS.issued, Literal(report.issued)
    yield iri, DCTERMS.publisher, context.publisher
    yield iri, NBKG.sourceText, identifiers.text(report.issued)
    yield from book.quote(iri, report.title, DCTERMS.title)
    yield from book.quote(iri, report.title, DCTERMS.issued)


def _unit(unit: Unit, report: URIRef, book: QuoteBook) -> Iterator[Triple]:
    key = identifiers.slug(unit.code)
    iri, entry = identifiers.resource("unit", key), identifiers.below(report, "legend", key)
    yield iri, RDF.type, NBKG.Unit
    yield iri, RDF.type, ORG.OrganizationalUnit
    yield iri, SKOS.notation, Literal(unit.code)
    yield entry, RDF.type, NBKG.LegendEntry
    yield entry, NBKG.reportedIn, report
    yield entry, NBKG.unit, iri
    yield entry, NBKG.printedName, Literal(unit.name.text, lang="nb")
    yield from book.quote(entry, Words(unit.code, unit.entry), NBKG.unit)
    yield from book.quote(entry, unit.name, NBKG.printedName)
    if unit.former:
        yield entry, NBKG.formerName, Literal(unit.former.text, lang="nb")
        yield from book.quote(entry, unit.former, NBKG.formerName)


def _observation(context: Context, row: Row, key: str) -> Iterator[Triple]:
    report = context.report
    iri = identifiers.observation(report.issued, key)
    measure = identifiers.measure(report.strategy, key)
    book = QuoteBook(iri, report)
    yield measure, RDF.type, NBKG.Measure
    yield measure, DCTERMS.identifier, Literal(key)
    yield measure, NBKG.partOfStrategy, identifiers.resource("strategy", report.strategy)
    yield iri, RDF.type, NBKG.StatusObservation
    yield iri, NBKG.observes, measure
    yield iri, NBKG.reportedIn, identifiers.report(report.issued)
    yield iri, NBKG.part, Literal(row.part)
    yield from _wording(row, iri, book)
    yield from _responsibilities(row, iri, book)
    yield from _status(row, iri, book)
    yield from _comment(row, iri, book)
    for position, milestone in enumerate(row.milestones, start=1):
        yield from _milestone(milestone, iri, position, book)
    yield from _mentions(context, row, iri, book)
    yield from _references(context, row, iri, book)


def _wording(row: Row, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    yield iri, NBKG.text, Literal(row.text.text, lang="nb")
    yield from book.quote(iri, row.text, NBKG.text)
    if row.number:
        yield iri, NBKG.number, Literal(row.number[0])
        yield from book.quote(iri, row.number[1], NBKG.number)
    if row.theme:
        yield iri, NBKG.theme, URIRef(row.theme[0])
        yield from book.quote(iri, row.theme[1], NBKG.theme)
    if row.page:
        yield iri, NBKG.strategyPage, Literal(row.page.pages)
        yield iri, NBKG.firstPage, Literal(row.page.first)
        yield iri, NBKG.lastPage, Literal(row.page.last)
        if row.page.edition:
            yield iri, NBKG.pageEdition, Literal(row.page.edition)
        yield from book.quote(iri, row.page.printed, NBKG.strategyPage)


def _responsibilities(row: Row, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    for position, one in enumerate(row.responsibilities, start=1):
        node = identifiers.below(iri, "responsibility", position)
        yield iri, NBKG.responsibility, node
        yield iri, NBKG.responsible if one.role is Role.LEAD else NBKG.contributing, URIRef(one.agent)
        yield node, RDF.type, NBKG.Responsibility
        yield node, NBKG.agent, URIRef(one.agent)
        yield node, NBKG.role, identifiers.concept("role", one.role)
        yield node, NBKG.position, Literal(position)
        yield node, NBKG.inferred, NBKG.role
        yield from book.quote(node, one.printed, NBKG.agent)


def _status(row: Row, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    if row.status is None:
        return
    yield iri, NBKG.status, URIRef(row.status.concept)
    yield iri, NBKG.statusText, Literal(row.status.printed.text, lang="nb")
    yield from book.quote(iri, row.status.printed, NBKG.status)
    if note := row.status.note:
        yield iri, NBKG.statusNote, Literal(note.text, lang="nb")
        yield from book.quote(iri, note, NBKG.statusNote)
        if note.joined:
            yield iri, NBKG.inferred, NBKG.statusNote


def _comment(row: Row, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    if row.comment is None:
        return
    yield iri, NBKG.comment, Literal(row.comment.text, lang="nb")
    yield from book.quote(iri, row.comment, NBKG.comment)


def _milestone(milestone: Milestone, iri: URIRef, position: int, book: QuoteBook) -> Iterator[Triple]:
    node = identifiers.below(iri, "milestone", position)
    yield iri, NBKG.milestone, node
    yield node, RDF.type, NBKG.Milestone
    if milestone.when:
        yield node, NBKG.when, Literal(milestone.when, datatype=EDTF.edtf)
    if milestone.earliest:
        yield node, NBKG.earliest, Literal(milestone.earliest, datatype=XSD.date)
    if milestone.latest:
        yield node, NBKG.latest, Literal(milestone.latest, datatype=XSD.date)
    yield node, NBKG.outcome, identifiers.concept("outcome", milestone.outcome)
    yield node, NBKG.milestoneScope, identifiers.concept("milestone-scope", milestone.scope)
    if milestone.read_as_of:
        yield node, NBKG.readAsOf, identifiers.report(milestone.read_as_of)
    yield from ((node, NBKG.inferred, prop) for prop in _inferred(milestone))
    yield from book.quote(node, milestone.printed, NBKG.when if milestone.when else NBKG.milestone)
    if milestone.cue:
        yield from book.quote(node, milestone.cue, NBKG.outcome)


def _inferred(milestone: Milestone) -> Iterator[URIRef]:
    """Yield the properties of a milestone whose values are not printed so."""
    if milestone.outcome is not Outcome.UNKNOWN:
        yield NBKG.outcome
    if milestone.year_inferred:
        yield NBKG.when
    if milestone.bounds_inferred and milestone.earliest:
        yield NBKG.earliest
    if milestone.bounds_inferred and milestone.latest:
        yield NBKG.latest


def _mentions(context: Context, row: Row, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    """Yield one node for each entity and role, with quotes for the places that name it and the words of the role."""
    for position, mention in enumerate(merge_mentions(row.mentions, str(context.publisher)), start=1):
        node, entity = identifiers.below(iri, "mention", position), URIRef(mention.entity)
        yield iri, NBKG.mention, node
        yield node, RDF.type, NBKG.Mention
        yield node, NBKG.entity, entity
        yield node, NBKG.mentionRole, identifiers.concept("mention-role", mention.role)
        for printed in mention.printed:
            yield from book.quote(node, printed, NBKG.entity)
        for words in mention.evidence:
            yield node, NBKG.inferred, NBKG.mentionRole
            yield from book.quote(node, words, NBKG.mentionRole)
        if mention.entity not in context.agents:
            yield iri, NBKG.concerns, entity
        elif mention.role in INVOLVED and entity != context.publisher:
            yield iri, NBKG.involves, entity


def _references(context: Context, row: Row, iri: URIRef, book: QuoteBook) -> Iterator[Triple]:
    for reference in row.references:
        yield iri, DCTERMS.references, URIRef(reference.target)
        yield from book.quote(iri, reference.printed, DCTERMS.references)
        if reference.inferred:
            yield iri, NBKG.inferred, DCTERMS.references
    by_number = context.by_number
    for reference in row.refers_to:
        if key := by_number.get(int(reference.target)):
            yield iri, NBKG.refersTo, identifiers.measure(context.report.strategy, key)
            yield from book.quote(iri, reference.printed, NBKG.refersTo)
