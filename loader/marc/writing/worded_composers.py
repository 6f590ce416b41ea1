"""Fields of words (3XX, 5XX) and of terms (34X–38X): the tables by which they are mapped, read backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loader.marc.fields import characteristic_fields, issuance_fields, note_fields, policy_fields, statement_fields
from loader.marc.fields.described_parts import NOTE, PartKind
from loader.marc.fields.term_fields import TermField
from loader.marc.fields.worded_field import WordedField
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from loader.namespaces import BASE, LOC
from nbkg.records.record import MarcField

WORD_FIELDS = (*note_fields.FIELDS, *issuance_fields.FIELDS, *policy_fields.FIELDS, *statement_fields.FIELDS)
_NOTE_TYPES = "http://id.loc.gov/vocabulary/mnotetype/"


def note_kind(node: GraphNode) -> str:
    """Return what kind of note a node is, as the tables write it: a code of the list, or with `=` a name of ours."""
    code = next((kind.removeprefix(_NOTE_TYPES) for kind in sorted(node.kinds) if kind.startswith(_NOTE_TYPES)), "")
    name = node.value("noteType")
    return code or (f"={name}" if name else "")


def scope_parts(node: GraphNode) -> tuple[Parts, Parts]:
    """Return what stands before the words of a part ($3) and after them ($u, $2)."""
    links = [locator.iri for locator in node.nodes("electronicLocator")]
    sources = [source.value("code") for source in node.nodes("source")]
    return each("3", node.texts("part")), [*each("u", links), *each("2", sources)]


def _subjects(spec: WordedField, composing: RecordComposing) -> list[tuple[GraphNode, str]]:
    """Return the nodes that a field may be about, with the code of the library for items ($5)."""
    subject: GraphNode = getattr(composing.nodes, spec.subject)
    has_holder = any(code.startswith("5") for code in spec.definition.split()[1:])
    items = composing.nodes.instance.nodes("hasItem") if has_holder else []
    return [(subject, ""), *((item, item.node("heldBy").value("code")) for item in items)]


def _word_composer(spec: WordedField) -> Callable[[RecordComposing], Iterator[MarcField]]:
    """Return what composes a field of words."""

    def compose(composing: RecordComposing) -> Iterator[MarcField]:
        for subject, holder in _subjects(spec, composing):
            for indicator, subfields in _parts(spec, subject):
                yield from make_fields(spec.tag, f"{indicator} ", [*subfields, *each("5", [holder])])

    return compose


def _parts(spec: WordedField, subject: GraphNode) -> Iterator[tuple[str, Parts]]:
    """Yield the first indicator and the subfields of each part, or text, that is of the field."""
    if spec.literal:
        for text in _own_texts(spec, subject):
            yield " ", [(spec.words[0], text)]
        return
    for node in subject.nodes(spec.part.relation):
        indicator = _indicator(spec, node)
        if node.is_a(spec.part.kind) and indicator is not None:
            before, after = scope_parts(node)
            counts = each(spec.count_code, node.values("count")) if spec.count_code else []
            words = [(spec.words[0], text) for text in node.texts("rdfs:label")]
            yield indicator, [*before, *words, *counts, *after]


def _own_texts(spec: WordedField, subject: GraphNode) -> list[str]:
    """Return the texts of a property; those with a datatype are dates that other fields say."""
    return [text.value for text in subject.literals(spec.literal) if "string" in text.datatype.value.lower()]


def _indicator(spec: WordedField, node: GraphNode) -> str | None:
    """Return the first indicator by the kind of a note, or None where it is not the kind of the field."""
    kind = note_kind(node)
    for indicator, known in spec.by_indicator.items():
        if known == kind:
            return indicator
    is_own = kind == spec.kind if spec.part is NOTE else not kind
    return " " if is_own else None


def _first_of_each_kind(specs: Iterable[WordedField]) -> list[WordedField]:
    """Return the fields, of those that the graph does not tell apart only the first."""
    seen = set[tuple[object, ...]]()
    chosen = []
    for spec in specs:
        key = (spec.part, spec.literal, spec.kind, tuple(spec.by_indicator.items()), spec.subject)
        if key not in seen:
            chosen.append(spec)
        seen.add(key)
    return chosen


def _term_composer(spec: TermField) -> Callable[[RecordComposing], Iterator[MarcField]]:
    """Return what composes a field of terms: one for each term, since its source and number are its own."""

    def compose(composing: RecordComposing) -> Iterator[MarcField]:
        subject: GraphNode = getattr(composing.nodes, spec.subject)
        for code, kind in _kinds(spec):
            for node in subject.nodes(kind.relation):
                if node.is_a(kind.kind) and _is_of_field(spec, node):
                    yield from make_fields(spec.tag, "  ", _term_parts(spec, code, node))

    return compose


def _is_of_field(spec: TermField, node: GraphNode) -> bool:
    """Return whether a term is that of the field and not of another with the same class: 521, and 655 or 245 $h."""
    if spec.tag == "385":
        return is_term(node) and not node.iri.startswith(f"{LOC}maudience/")
    return spec.tag != "380" or is_part(node)


def is_part(node: GraphNode) -> bool:
    """Return whether a node is a part of what a record describes, and not a term that others have too."""
    return node.iri.startswith(BASE) and "#" in node.iri


def is_term(node: GraphNode) -> bool:
    """Return whether an audience is a term with a source, code or IRI (385), and not words (521)."""
    return bool(node.nodes("source") or node.values("code")) or bool(node.iri and not is_part(node))


def _kinds(spec: TermField) -> list[tuple[str, PartKind]]:
    """Return the subfields with terms, of those that the graph does not tell apart only the first."""
    kinds: dict[PartKind, str] = {}
    for code, kind in spec.terms.items():
        kinds.setdefault(kind, code)
    return [(code, kind) for kind, code in kinds.items()]


def _term_parts(spec: TermField, code: str, node: GraphNode) -> Parts:
    codes = next(iter(spec.codes), "")
    before, after = scope_parts(node)
    numbers = [iri for iri in (node.iri, *(each.iri for each in node.nodes("rdf:value"))) if _is_number(iri)]
    return [
        *before,
        *each(code, node.texts("rdfs:label")),
        *(each(codes, node.values("code")) if codes else []),
        *(each(spec.qualifiers[0], node.texts("qualifier")) if spec.qualifiers else []),
        *each("0", numbers),
        *after,
    ]


def _is_number(iri: str) -> bool:
    """Return whether an IRI is one that a field had, and neither that of a part nor of a list of MARC."""
    is_ours = iri.startswith(BASE) or iri.startswith(f"{LOC}m")
    return bool(iri) and not is_ours


COMPOSERS = (
    *(Composer(_word_composer(spec), is_paired=True) for spec in _first_of_each_kind(WORD_FIELDS)),
    *(Composer(_term_composer(spec)) for spec in characteristic_fields.FIELDS),
)
