"""What a release says of its terms and how to cite it: `LICENSE` of each data set and `CITATION.cff`, from data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import URIRef

from loader.namespaces import DCTERMS, FOAF, RDF
from loader.release.dataset_layout import Description, Planned, texts

_LANGUAGES = ("en", "nb", "nn")
_RULE = "-" * 80


def licence_file(planned: Planned, said: Description) -> bytes:
    """`LICENSE`: the terms of each graph, the standing of words that are under no licence, the licences' texts."""
    terms = [(graph, said.terms(graph)) for graph in planned.graphs]
    parts = [f"The terms of the data set “{_told(planned.title)}”\n{planned.iri}\n"]
    for graph, its in terms:
        name = graph or "the default graph"
        parts.append("\n".join([name, f"  {granted(its.licence)}", *_indented(its.rights)]) + "\n")
    if any(its.licence is None for _, its in terms):
        parts.extend(text + "\n" for text in _by_language(texts(said.graph.objects(said.whole, DCTERMS.rights))))
    for licence in sorted({its.licence for _, its in terms if its.licence}):
        parts.extend(_text(licence, said))
    return "\n".join(parts).encode()


def granted(licence: str | None) -> str:
    """What `LICENSE` says below a graph's name."""
    return f"licence: {licence}" if licence else "no licence is stated"


def shared_licence(graphs: Iterable[str | None], said: Description) -> str | None:
    """The licence of all the graphs; None where they differ or one has none."""
    found = {said.terms(graph).licence for graph in graphs}
    return found.pop() if len(found) == 1 else None


def citation(said: Description, version: str, issued: str, licences: Sequence[str]) -> bytes:
    """`CITATION.cff`, https://citation-file-format.github.io/: who gathered what, when. JSON's strings are YAML."""
    title = _told(texts(said.graph.objects(said.whole, DCTERMS.title))) or str(said.whole)
    about = texts(said.graph.objects(said.whole, DCTERMS.description))
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this data, please cite it as below."',
        f"title: {_yaml(title)}",
        *([f"abstract: {_yaml(_told(about))}"] if about else []),
        "type: dataset",
        f"version: {_yaml(version)}",
        f"date-released: {issued}",
        "authors:",
        f"  - name: {_yaml(_publisher(said) or title)}",
        "identifiers:",
        "  - type: url",
        f"    value: {_yaml(str(said.whole))}",
        *([f"license-url: {_yaml(licences[0])}"] if len(licences) == 1 else []),
    ]
    return ("\n".join(lines) + "\n").encode()


def _publisher(said: Description) -> str:
    publisher = said.graph.value(said.whole, DCTERMS.publisher)
    return _told(texts(said.graph.objects(publisher, FOAF.name))) if publisher else ""


def _text(licence: str, said: Description) -> Iterator[str]:
    subject = URIRef(licence)
    name = said.graph.value(subject, DCTERMS.title)
    yield f"{_RULE}\n\n{name}\n{licence}\n" if name else f"{_RULE}\n\n{licence}\n"
    if text := said.graph.value(subject, RDF.value):
        yield str(text)


def _indented(found: Mapping[str, str]) -> list[str]:
    return [f"  {text}" for text in _by_language(found)]


def _by_language(found: Mapping[str, str]) -> list[str]:
    """English first, then Norwegian, then what there is."""
    order = [*(language for language in _LANGUAGES if language in found), *sorted(set(found) - set(_LANGUAGES))]
    return [found[language] for language in order]


def _told(found: Mapping[str, str]) -> str:
    return next(iter(_by_language(found)), "")


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
