"""The facts of a thing as lines of a list: the key of a word, and the values that stand after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.stores.base import Term

_EDTF = "http://id.loc.gov/datatypes/edtf"

WORK_FACTS: Mapping[str, Sequence[str]] = {
    "bib_content": ("bf:content",),
    "bib_genre": ("bf:genreForm",),
    "bib_audience": ("bf:intendedAudience",),
    "bib_origin_date": ("bf:originDate",),
    "bib_summary": ("bf:summary",),
    "bib_contents_list": ("bf:tableOfContents",),
    "bib_dissertation": ("bf:dissertation",),
    "bib_music": (
        "bf:musicMedium",
        "bf:mediumOfPerformance",
        "bf:musicOpusNumber",
        "bf:musicThematicNumber",
        "bf:musicKey",
    ),
    "bib_format_of_music": ("bf:musicFormat", "bf:notatedMusicFormat"),
    "bib_duration": ("bf:duration",),
    "bib_scale": ("bf:scale", "bf:cartographicAttributes", "bf:coordinates", "bf:projection"),
    "bib_credits": ("bf:credits",),
    "bib_awards": ("bf:awards",),
    "bib_classification": ("bf:classification",),
    "bib_place_of_capture": ("bf:capture",),
    "bib_temporal": ("bf:temporalCoverage",),
    "bib_geographic": ("bf:geographicCoverage",),
    "bib_supplement": ("bf:supplementaryContent",),
    "bib_notes": ("bf:note",),
}
"""What is said of a work, in the order of its page: the key of the word, and the properties."""
INSTANCE_FACTS: Mapping[str, Sequence[str]] = {
    "bib_responsibility": ("bf:responsibilityStatement",),
    "bib_edition": ("bf:editionStatement", "bf:version"),
    "bib_extent": ("bf:extent",),
    "bib_dimensions": ("bf:dimensions",),
    "bib_illustrations": ("bf:illustrativeContent",),
    "bib_media": ("bf:media",),
    "bib_carrier": ("bf:carrier",),
    "bib_digital": ("bf:digitalCharacteristic",),
    "bib_sound": ("bf:soundCharacteristic",),
    "bib_video": ("bf:videoCharacteristic", "bf:projectionCharacteristic", "bf:colorContent"),
    "bib_duration": ("bf:duration",),
    "bib_frequency": ("bf:frequency",),
    "bib_first_issue": ("bf:firstIssue",),
    "bib_last_issue": ("bf:lastIssue",),
    "bib_enumeration": ("bf:enumerationAndChronology", "bf:partNumber"),
    "bib_series_statement": ("bf:seriesStatement",),
    "bib_form": ("bf:genreForm",),
    "bib_notes": ("bf:note",),
    "bib_acquisition": ("bf:acquisitionTerms", "bf:acquisitionSource", "bf:usageAndAccessPolicy"),
}


@dataclass(frozen=True)
class Fact:
    """The key of a word, and the values after it."""

    word: str
    values: Sequence[Label]


def facts_of(
    node: NamedNode, properties: Mapping[str, Sequence[str]], described: Description, labels: Labels
) -> Sequence[Fact]:
    """Return the facts of a thing; those that it has no value of are left out."""
    facts = []
    for word, names in properties.items():
        displayed = [
            label for value in described.values(node, *names) for label in shown_value(value, node, described, labels)
        ]
        if displayed:
            facts.append(Fact(word, list(dict.fromkeys(displayed))))
    return facts


def languages_of(work: NamedNode, described: Description, labels: Labels) -> Sequence[Fact]:
    """Return the languages of a work: of its text, of the original, and of other parts such as subtitles."""
    groups: dict[str, list[Label]] = {"bib_language": [], "bib_language_original": [], "bib_language_parts": []}
    for value in described.nodes(work, "bf:language"):
        if not value.value.startswith(f"{work.value}#"):
            groups["bib_language"].append(labels.of(value))
            continue
        word = "bib_language_original" if described.text(value, "bf:part") == "original" else "bib_language_parts"
        groups[word] += [labels.of(language) for language in described.nodes(value, "rdf:value")]
    return [Fact(word, values) for word, values in groups.items() if values]


def shown_value(value: Term, node: NamedNode, described: Description, labels: Labels) -> Sequence[Label]:
    """Return how a value is written: a text or a link; of a part of the thing, what it says, as one text each."""
    if isinstance(value, Literal):
        return [_text(value)]
    if not isinstance(value, NamedNode) or not value.value.startswith(f"{node.value}#"):
        return [labels.of(value)]
    part = described.statements.get(value, {})
    if not part:
        return []
    texts = [text for name in _PART_TEXTS for text in described.texts(value, name)]
    links = described.nodes(value, "rdf:value", "bf:noteType", "bf:source")
    if texts:
        return [_text(text) for text in texts]
    return [labels.of(link) for link in links]


_PART_TEXTS = (
    "rdfs:label",
    "rdf:value",
    "bf:mainTitle",
    "bf:count",
    "bf:classificationPortion",
    "bf:itemPortion",
    "bf:degree",
    "bf:date",
    "bf:opusNumber",
    "bf:coordinates",
    "bf:scale",
    "bf:enumeration",
    "bf:code",
)
"""The properties of parts whose texts are shown, in their order."""


def _text(literal: Literal) -> TextLabel:
    is_date = literal.datatype.value == _EDTF
    return TextLabel(_duration(literal.value), literal.language, title="edtf:edtf" if is_date else None)


def _duration(text: str) -> str:
    """Return a duration (https://www.w3.org/TR/xmlschema11-2/#duration) with the symbols of SI, or as it is."""
    match = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", text)
    parts = zip(match.groups(), ("h", "min", "s"), strict=True) if match else ()
    return " ".join(f"{number} {unit}" for number, unit in parts if number and int(number)) or text
