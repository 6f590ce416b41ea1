"""Titles (130, 210–247, 730, 740).

https://www.loc.gov/marc/bibliographic/bd20x24x.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.name_headings import numbers_of, write_number
from loader.marc.fields.parallel_titles import split_parallel_titles, write_parallel_title
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.related_works import write_related_work
from loader.marc.fields.terms import BF, LABEL, A
from loader.marc.fields.title_nodes import title_label, title_parts, write_hub_title, write_title
from loader.marc.fields.translated_titles import language_of_translation
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_brackets, without_end_mark, without_end_punctuation
from loader.marc.values.literals import literal

_VARIANT_KINDS: Final = {"1": "ParallelTitle"}
_CONTROL: Final = {"8": "control", "7": "processing", "5": "processing"}
_UNIFORM: Final = "0* 1* 2 6 7* 8* a d* f g* h k* l m* n* o p* r s*"


def _write_title_statement(heading: Heading, into: Projection) -> None:
    """Write 245: the first one is the title; another with other words is a variant, an equal one says nothing new."""
    instance = into.identity.instance
    label = title_label(heading.subfields, "abnp")
    if "title" in into.seen:
        if into.seen["title"] != heading_key(label):
            title = part(instance, f"title-{hashed('VariantTitle', heading_key(label))}")
            write_title(instance, title, "VariantTitle", heading.subfields, into)
        return
    into.seen["title"] = heading_key(label)
    _write_titles(heading.subfields, into)
    if into.linked:
        into.in_script(heading.field, lambda linked: _write_titles(linked, into))


def _write_titles(subfields: Subfields, into: Projection) -> None:
    """Write the title of the record for its instance and its work, and what else stands in the statement."""
    instance = into.identity.instance
    subfields, parallel = split_parallel_titles(subfields)
    write_title(instance, part(instance, "title"), "Title", subfields, into)
    for text in parallel:
        write_parallel_title(text, into)
    if label := title_label(subfields, "anp"):
        into.triples.append(f"{instance} {LABEL} {into.text(label)}")
        _write_work_title(label, subfields, into)
    _write_rest(subfields, into)


def _write_work_title(label: str, subfields: Subfields, into: Projection) -> None:
    """Write the title of the record for its work; the hub has it only where no other field names the work."""
    work = into.identity.work
    if "uniform title" not in into.seen:
        name, text = f"title-{hashed(heading_key(label))}", into.text(label)
        plain = [each for each in subfields if each[0] in "anp"]
        for node in (work,) if "title of original" in into.seen else (work, into.identity.hub):
            write_title(node, part(node, name), "Title", plain, into)
            into.triples.append(f"{node} {LABEL} {text}")


def _write_rest(subfields: Subfields, into: Projection) -> None:
    """Write the statement of responsibility, the dates and the form that stand in the title statement."""
    instance, add = into.identity.instance, into.triples.append
    for code, value in subfields:
        if code == "c":
            add(f"{instance} {BF}responsibilityStatement> {into.text(without_end_punctuation(value))}")
        elif code in "fg":
            add(f"{into.identity.work} {BF}originDate> {into.text(without_end_mark(value))}")
        elif code in "ks":
            add(f"{into.identity.work} {BF}version> {into.text(without_end_punctuation(value))}")
        elif code == "h":
            into.seen["form in words"] = value
            _write_form(instance, without_brackets(without_end_mark(value)), into)


def _write_form(instance: str, text: str, into: Projection) -> None:
    node = into.scoped("concept/form", hashed(heading_key(text)))
    add = into.triples.append
    add(f"{instance} {BF}genreForm> {node}")
    add(f"{node} {A} {BF}GenreForm>")
    add(f"{node} {LABEL} {literal(text)}")


def _write_uniform_title(heading: Heading, into: Projection) -> None:
    """Write 130, 240: the title of the hub, and of the work with its language and version."""
    work, hub = into.identity.work, into.identity.hub
    write_hub_title(hub, heading, heading.subfields, into)
    label = title_label(heading.subfields)
    title = part(work, f"title-{hashed(heading_key(label))}")
    write_title(work, title, "Title", [each for each in heading.subfields if each[0] in "anp"], into)
    into.triples.append(f"{work} {LABEL} {into.text(label)}")
    for number in numbers_of(heading, into):
        write_number(hub, number, into)


def _write_collective_title(heading: Heading, into: Projection) -> None:
    """Write 243: the title under which a library files the works of an author; it is not the name of one work."""
    work = into.identity.work
    title = part(work, f"title-{hashed('CollectiveTitle', heading_key(title_label(heading.subfields)))}")
    write_title(work, title, "CollectiveTitle", [each for each in heading.subfields if each[0] in "anp"], into)
    into.triples += (f"{title} {BF}date> {literal(without_end_mark(value))}" for value in heading.all("f"))
    for value in heading.all("klmors"):
        into.triples.append(f"{title} {BF}qualifier> {into.text(without_end_punctuation(value))}")


def _write_variant(heading: Heading, into: Projection) -> None:
    """Write 246, 247, 242, 210, 222: another title of the instance."""
    kind = _kind(heading)
    label = title_label(heading.subfields, "abnp")
    if not label:
        return
    title = part(into.identity.instance, f"title-{hashed(kind, heading_key(label))}")

    def write(subfields: Subfields) -> None:
        instance, add = into.identity.instance, into.triples.append
        is_key_title = heading.tag in {"210", "222"}
        plain = [each for each in subfields if not (is_key_title and each[0] == "b")]
        write_title(instance, title, kind, plain, into)
        for code, value in subfields:
            if code == "b" and is_key_title:
                add(f"{title} {BF}qualifier> {into.text(value.strip('() '))}")
            elif code in "fdx" and heading.tag in {"246", "247"}:
                add(f"{title} {BF}{'date' if code != 'x' else 'qualifier'}> {into.text(value)}")
            elif code in "ig":
                _write_title_note(title, without_end_mark(value), into)
            elif code == "c":
                add(f"{title} {BF}qualifier> {into.text(without_end_punctuation(value))}")
            elif code == "h":
                _write_form(title, without_brackets(without_end_mark(value)), into)

    with language_of_translation(heading, into):
        write(heading.subfields)
    into.in_script(heading.field, write)
    is_original = into.profile.phrases.names_original_title
    if into.seen.get("title of original") == heading.tag and is_original(heading.first("i")):
        write_hub_title(into.identity.hub, heading, [each for each in heading.subfields if each[0] in "anp"], into)


def _kind(heading: Heading) -> str:
    match heading.tag:
        case "222":
            return "KeyTitle"
        case "210":
            return "AbbreviatedTitle"
        case "242":
            return "VariantTitle"
    return _VARIANT_KINDS.get(heading.ind2, "VariantTitle") if heading.tag == "246" else "VariantTitle"


def _write_title_note(title: str, text: str, into: Projection) -> None:
    note = part(title, f"note-{hashed(text)}") if "#" not in title else f"{title[:-1]}-note-{hashed(text)}>"
    add = into.triples.append
    add(f"{title} {BF}note> {note}")
    add(f"{note} {A} {BF}Note>")
    add(f"{note} {LABEL} {into.text(text)}")


def _write_related_title(heading: Heading, into: Projection) -> None:
    """Write 730, 740: a work that is known by its title alone."""
    if title_parts(heading.subfields, "a"):
        write_related_work(heading, (), heading.subfields, into)


_WORDLESS: Final = {"2": "no-subfield-rule", **_CONTROL}
_UNIFORM_OMITTED: Final = {**dict.fromkeys("dght", "no-subfield-rule"), **_WORDLESS}
_RELATED_OMITTED: Final = {"t": "no-subfield-rule", **_WORDLESS}
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "130",
        "Main Entry - Uniform Title",
        f"NR {_UNIFORM} t",
        _write_uniform_title,
        {code: reason for code, reason in _UNIFORM_OMITTED.items() if code not in "dg"},
        is_paired=True,
    ),
    FieldRule("210", "Abbreviated Title", "R 2* 6 7* 8* a b", _write_variant, _WORDLESS),
    FieldRule("222", "Key Title", "R 6 8* a b", _write_variant, _CONTROL),
    FieldRule("240", "Uniform Title", f"NR {_UNIFORM}", _write_uniform_title, _UNIFORM_OMITTED, is_paired=True),
    FieldRule(
        "242",
        "Translation of Title by Cataloging Agency",
        "R 6 8* a b c d e h n* p* y",
        _write_variant,
        {**dict.fromkeys("de", "no-subfield-rule"), **_CONTROL},
    ),
    FieldRule(
        "243",
        "Collective Uniform Title",
        "NR 6 8* a d* f g* h k* l m* n* o p* r s*",
        _write_collective_title,
        {"6": "control", **dict.fromkeys("dgh", "no-subfield-rule"), **_CONTROL},
    ),
    FieldRule(
        "245",
        "Title Statement",
        "NR 6 7* 8* a b c d e f g h k* n* p* s",
        _write_title_statement,
        {**dict.fromkeys("de", "no-subfield-rule"), **_CONTROL},
        is_paired=True,
    ),
    FieldRule(
        "246",
        "Varying Form of Title",
        "R 5 6 7* 8* a b c d e f g* h i n* p*",
        _write_variant,
        {**dict.fromkeys("de", "no-subfield-rule"), **_CONTROL},
        is_paired=True,
    ),
    FieldRule(
        "247",
        "Former Title",
        "R 6 7* 8* a b c d e f g* h n* p* x",
        _write_variant,
        {**dict.fromkeys("de", "no-subfield-rule"), **_CONTROL},
        is_paired=True,
    ),
    FieldRule(
        "730",
        "Added Entry - Uniform Title",
        "R 0* 1* 2 3 4* 5 6 8* a d* f g* h i* k* l m* n* o p* r s* t x",
        _write_related_title,
        _RELATED_OMITTED,
        is_paired=True,
    ),
    FieldRule(
        "740",
        "Added Entry - Uncontrolled Related/Analytical Title",
        "R 5 6 8* a h n* p*",
        _write_related_title,
        {"h": "no-subfield-rule", **_CONTROL},
        is_paired=True,
    ),
)
