"""The subfields of titles: $a, $b, $n, $p out of title nodes, and the version of a work out of its label."""

from __future__ import annotations

import re

from loader.marc.fields.title_nodes import title_label
from loader.marc.values.heading_keys import heading_key
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.heading_parts import Parts

_MEDIUM = re.compile(r"^(?:arr\b|arranged)", re.IGNORECASE)
_OTHERS = ("VariantTitle", "ParallelTitle", "KeyTitle", "AbbreviatedTitle")
_YEAR = re.compile(r"^\d{4}")


def title_subfields(title: GraphNode, *, has_subtitle: bool = True) -> Parts:
    """Return the parts of a title node; numbers and names of parts stand by turns."""
    mains = [("a", text) for text in title.texts("mainTitle")[:1]]
    subtitles = [("b", text) for text in title.texts("subtitle")] if has_subtitle else []
    return [*mains, *subtitles, *_parts_by_turns(title)]


def _parts_by_turns(title: GraphNode) -> Parts:
    numbers, names = title.texts("partNumber"), title.texts("partName")
    parts: Parts = []
    for index in range(max(len(numbers), len(names))):
        parts += [("n", text) for text in numbers[index : index + 1]]
        parts += [("p", text) for text in names[index : index + 1]]
    return parts


def main_title(node: GraphNode) -> GraphNode:
    """Return the title of a node that is no variant."""
    plain = [title for title in node.nodes("title") if not title.is_a(*_OTHERS)]
    return next((title for title in plain if title.texts("mainTitle")), GraphNode(node.graph))


def hub_title(hub: GraphNode, version: GraphNode) -> Parts:
    """Return the title of a hub, and what the label of a version of it says more."""
    title, words = title_subfields(main_title(hub)), main_title(hub).texts("qualifier")
    label, name = version.text("rdfs:label") or hub.text("rdfs:label"), title_label(title, "anp")
    label = label.removesuffix(f" ({', '.join(words)})")
    rest = label[len(name) :].strip(" .") if label.startswith(name) else ""
    return [
        *title,
        *(("g", word) for word in words),
        *((_version_code(text), text) for text in rest.split(". ") if text),
    ]


def _version_code(text: str) -> str:
    """Return the subfield of what names a version: a year, an arrangement, else a language."""
    if _YEAR.match(text):
        return "f"
    return "o" if _MEDIUM.match(text) else "k" if text in _FORMS else "l"


_FORMS = frozenset({"Selections", "Utvalg", "Utval", "Manuskript"})


def is_same_title(hub: GraphNode, work: GraphNode, instance: GraphNode) -> bool:
    """Return whether a work and its hub have no other title than the instance."""
    own = heading_key(title_label(title_subfields(main_title(instance), has_subtitle=False), "anp"))
    return {heading_key(text) for node in (hub, work) for text in node.texts("rdfs:label")} <= {own}
