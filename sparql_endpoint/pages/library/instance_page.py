"""The page of an instance, a manifestation in the sense of RDA: an edition with its publication, numbers and copies."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.contributions import contributions_of
from sparql_endpoint.pages.library.description import Description, read_description
from sparql_endpoint.pages.library.editions import read_editions
from sparql_endpoint.pages.library.facts import INSTANCE_FACTS, WORK_FACTS, facts_of, languages_of
from sparql_endpoint.pages.library.identifiers import digital_copies, identifiers_of
from sparql_endpoint.pages.library.kinds import kind_of_work
from sparql_endpoint.pages.library.label_lists import labels_of
from sparql_endpoint.pages.library.publications import publications_of
from sparql_endpoint.pages.library.record_facts import record_facts
from sparql_endpoint.pages.library.related_works import links_of, relations_from, relations_to
from sparql_endpoint.pages.library.shared_view import shared, values_of
from sparql_endpoint.pages.library.titles import titles_of
from sparql_endpoint.pages.library.work_page import subjects_of
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.stores.base import Store

_ON_WORK = {word: WORK_FACTS[word] for word in WORK_FACTS if word != "bib_notes"}
"""What is said of the work and shown with its instances."""


def render(view: ResourceView) -> str:
    """Return the page of an instance."""
    instance, labels = view.iri, view.labels
    described, works, hubs, records = _read(view)
    identifiers = identifiers_of(instance, described)
    kinds = frozenset(kind for work in works for kind in described.kinds(work))
    return render_template(
        "library/instance.html",
        **shared(view, described, kind_of_work(kinds, is_part=bool(described.values(instance, "bf:partOf")))),
        titles=titles_of(instance, described),
        works=labels_of(works, labels),
        hubs=labels_of(hubs, labels),
        contributions=contributions_of([*works, *hubs, instance], described, labels),
        publications=publications_of(instance, described, labels),
        facts=facts_of(instance, INSTANCE_FACTS, described, labels),
        work_facts=[
            fact
            for work in works
            for fact in (*languages_of(work, described, labels), *facts_of(work, _ON_WORK, described, labels))
        ],
        subjects=[subject for work in works for subject in subjects_of(work, described, labels)],
        identifiers=identifiers,
        copies=digital_copies(instance, described, identifiers),
        same_as=links_of(instance, described),
        editions=[one for one in read_editions(works, labels) if one.iri != instance],
        relations=[
            relation
            for node in (instance, *works)
            for relation in (*relations_from(node, described, labels), *relations_to(node, labels))
        ],
        records=[record_facts(record, described, labels) for record in records],
    )


def _read(view: ResourceView) -> tuple[Description, Sequence[NamedNode], Sequence[NamedNode], Sequence[NamedNode]]:
    """Return what is said of an instance, its works, their hubs and its records, and these."""
    store = view.labels.serving.store
    works, records = values_of(view, "bf:instanceOf"), values_of(view, "bf:adminMetadata")
    first = read_description([view.iri, *works, *records], store)
    hubs = [hub for work in works for hub in first.nodes(work, "bf:expressionOf")]
    return _joined(first, hubs, store), works, hubs, records


def _joined(first: Description, hubs: Sequence[NamedNode], store: Store) -> Description:
    second = read_description(hubs, store)
    return Description({**second.statements, **first.statements})
