"""Titles (210–247), editions (250) and what is published and how (260, 264, 300) of an instance, read backwards.

https://www.loc.gov/marc/bibliographic/bd20x24x.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.fields.title_nodes import title_label
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.marc.writing.title_parts import main_title, title_subfields
from nbkg.records.record import MarcField

_VARIANTS = {"KeyTitle": ("222", " 0"), "AbbreviatedTitle": ("210", "0 "), "ParallelTitle": ("246", "31")}
"""By class, the tag and the indicators of a title that is not the main one."""
_NOTED = ("246", "1 ")
"""A variant title with words about it ($i)."""
_OTHER = ("246", "3 ")


def compose_title(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 245: the title, and the statement of responsibility."""
    instance = composing.nodes.instance
    primary = (composing.nodes.work.nodes("contribution"), instance.nodes("contribution"))
    has_author = any(node.is_a("PrimaryContribution") for nodes in primary for node in nodes)
    subfields = [
        *_with_parallel(title_subfields(main_title(instance)), instance),
        *each("h", _forms(instance)),
        *each("k", instance.texts("version")),
        *each("c", instance.texts("responsibilityStatement")),
    ]
    yield from make_fields("245", f"{int(has_author)}0", subfields)


def _with_parallel(parts: Parts, instance: GraphNode) -> Parts:
    """Return the subfields of a title with the same in other languages, which stand in $b behind a sign of ISBD."""
    titles = [title for title in instance.nodes("title") if title.is_a("ParallelTitle") and title.text("mainTitle")]
    longer = {title.text("mainTitle") for title in titles if title.texts("subtitle")}
    distinct = [title for title in titles if title.texts("subtitle") or title.text("mainTitle") not in longer]
    texts = [f"= {title_label(title_subfields(title), 'abnp')}" for title in distinct]
    subtitles = [text for code, text in parts if code == "b"]
    return (
        [*(part for part in parts if part[0] != "b"), *each("b", [" ".join([*subtitles, *texts])])] if texts else parts
    )


def _forms(node: GraphNode) -> list[str]:
    """Return the forms of a carrier in words, which stand in brackets ($h)."""
    return [f"[{label}]" for form in node.nodes("genreForm") for label in form.values("rdfs:label")]


def compose_variants(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 246, 222 and 210: the other titles, with what is said of them."""
    instance = composing.nodes.instance
    for title in instance.nodes("title"):
        if title == main_title(instance):
            continue
        notes = [label for note in title.nodes("note") for label in note.texts("rdfs:label")]
        tag, indicators = _variant_field(title, is_noted=bool(notes))
        subfields = [
            *each("i", notes),
            *title_subfields(title),
            *each("b" if tag in {"210", "222"} else "c", title.texts("qualifier")),
            *each("f", title.texts("date")),
            *each("h", _forms(title)),
        ]
        yield from make_fields(tag, indicators, subfields)


def _variant_field(title: GraphNode, *, is_noted: bool) -> tuple[str, str]:
    named = (field for kind, field in _VARIANTS.items() if title.is_a(kind))
    return next(named, _NOTED if is_noted else _OTHER)


def compose_edition(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 250, each statement in one piece."""
    for text in composing.nodes.instance.texts("editionStatement"):
        yield from make_fields("250", "  ", [("a", text)])


def compose_description(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 300: extent, other details, dimensions, accompanying material; a second extent is a second field."""
    instance = composing.nodes.instance
    extents = [extent.text("rdfs:label") for extent in instance.nodes("extent")]
    rest = [
        *each("b", _notes(instance, "physical")),
        *each("c", instance.texts("dimensions")),
        *each("e", _notes(instance, "accmat")),
    ]
    yield from make_fields("300", "  ", [*each("a", extents[:1]), *rest])
    for text in extents[1:]:
        yield from make_fields("300", "  ", [("a", text)])


def _notes(node: GraphNode, kind: str) -> list[str]:
    """Return the notes of one kind of the list of the Library of Congress."""
    return [
        text for note in node.nodes("note") if note.is_a(f"loc:mnotetype/{kind}") for text in note.texts("rdfs:label")
    ]


COMPOSERS = (
    Composer(compose_title, is_paired=True),
    Composer(compose_variants, is_paired=True),
    Composer(compose_edition, is_paired=True),
    Composer(compose_description, is_paired=True),
)
