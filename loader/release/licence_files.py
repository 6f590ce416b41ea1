"""The files of a release that state its terms and how to cite it: `LICENSE` of each data set and `CITATION.cff`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import URIRef

from loader.namespaces import DCTERMS, FOAF, RDF
from loader.release.dataset_layout import DataSetPlan, StoreDescription, texts

_LANGUAGES = ("en", "nb", "nn")
_RULE = "-" * 80


def licence_file(plan: DataSetPlan, description: StoreDescription) -> bytes:
    """Return `LICENSE`: the terms of each graph, those of texts under no licence, and the texts of the licences."""
    terms_of = [(graph, description.terms(graph)) for graph in plan.graphs]
    parts = [f"The terms of the data set “{_first_text(plan.title)}”\n{plan.iri}\n"]
    for graph, terms in terms_of:
        name = graph or "the default graph"
        parts.append("\n".join([name, f"  {licence_line(terms.licence)}", *_indented(terms.rights)]) + "\n")
    if any(terms.licence is None for _, terms in terms_of):
        rights = texts(description.graph.objects(description.everything, DCTERMS.rights))
        parts.extend(text + "\n" for text in _by_language(rights))
    for licence in sorted({terms.licence for _, terms in terms_of if terms.licence}):
        parts.extend(_text(licence, description))
    return "\n".join(parts).encode()


def licence_line(licence: str | None) -> str:
    """Return what `LICENSE` says below a graph's name."""
    return f"licence: {licence}" if licence else "no licence is stated"


def shared_licence(graphs: Iterable[str | None], description: StoreDescription) -> str | None:
    """Return the licence of all the graphs; None where they differ or one has none."""
    licences = {description.terms(graph).licence for graph in graphs}
    return licences.pop() if len(licences) == 1 else None


def citation(description: StoreDescription, name: str, issued: str, licences: Sequence[str]) -> bytes:
    """Return `CITATION.cff`, https://citation-file-format.github.io/. The strings of JSON are YAML."""
    everything = description.everything
    title = _first_text(texts(description.graph.objects(everything, DCTERMS.title))) or str(everything)
    about = texts(description.graph.objects(everything, DCTERMS.description))
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this data, please cite it as below."',
        f"title: {_yaml(title)}",
        *([f"abstract: {_yaml(_first_text(about))}"] if about else []),
        "type: dataset",
        f"version: {_yaml(name)}",
        f"date-released: {issued}",
        "authors:",
        f"  - name: {_yaml(_publisher(description) or title)}",
        "identifiers:",
        "  - type: url",
        f"    value: {_yaml(str(everything))}",
        *([f"license-url: {_yaml(licences[0])}"] if len(licences) == 1 else []),
    ]
    return ("\n".join(lines) + "\n").encode()


def _publisher(description: StoreDescription) -> str:
    publisher = description.graph.value(description.everything, DCTERMS.publisher)
    return _first_text(texts(description.graph.objects(publisher, FOAF.name))) if publisher else ""


def _text(licence: str, description: StoreDescription) -> Iterator[str]:
    subject = URIRef(licence)
    name = description.graph.value(subject, DCTERMS.title)
    yield f"{_RULE}\n\n{name}\n{licence}\n" if name else f"{_RULE}\n\n{licence}\n"
    if text := description.graph.value(subject, RDF.value):
        yield str(text)


def _indented(by_language: Mapping[str, str]) -> list[str]:
    return [f"  {text}" for text in _by_language(by_language)]


def _by_language(by_language: Mapping[str, str]) -> list[str]:
    """Return the texts: English first, then Norwegian, then the others by language."""
    order = [
        *(language for language in _LANGUAGES if language in by_language),
        *sorted({*by_language} - {*_LANGUAGES}),
    ]
    return [by_language[language] for language in order]


def _first_text(by_language: Mapping[str, str]) -> str:
    return next(iter(_by_language(by_language)), "")


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
