"""Linking entries (760–788): how the resource of a record is related to others, and what it says of these.

https://www.loc.gov/marc/bibliographic/bd76x78x.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.linked_things import Target, describe_target, find_target, words_for
from loader.marc.fields.projection import Projection
from loader.marc.fields.related_works import write_relation
from loader.marc.fields.terms import BF, LABEL
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import address

PROPERTIES: Final = {
    "760": "subseriesOf",
    "762": "hasSubseries",
    "765": "translationOf",
    "767": "translation",
    "770": "supplement",
    "772": "supplementTo",
    "773": "partOf",
    "774": "hasPart",
    "775": "otherEdition",
    "776": "otherPhysicalFormat",
    "777": "issuedWith",
    "786": "dataSource",
    "787": "relatedTo",
}
PRECEDING: Final = {
    "0": ("continues", ""),
    "1": ("continuesInPart", ""),
    "2": ("replacementOf", ""),
    "3": ("precededBy", "supersedes in part"),
    "4": ("mergerOf", ""),
    "5": ("absorbed", ""),
    "6": ("absorbed", "absorbed in part"),
    "7": ("separatedFrom", ""),
}
"""By the second indicator of 780, the property, and the words for what the property does not say."""
SUCCEEDING: Final = {
    "0": ("continuedBy", ""),
    "1": ("continuedInPartBy", ""),
    "2": ("replacedBy", ""),
    "3": ("succeededBy", "superseded in part by"),
    "4": ("absorbedBy", ""),
    "5": ("absorbedBy", "absorbed in part by"),
    "6": ("splitInto", ""),
    "8": ("continuedBy", "changed back to"),
}
"""The same of 785; 7 is in `write_mergers`."""
_MERGED_WITH: Final = "merged with"


def _write_link(heading: Heading, into: Projection) -> None:
    """Write how the resource is related to another one, and what the field says of that."""
    match heading.tag, heading.ind2:
        case "785", "7":
            into.mergers.append(heading.wait(into.language))
        case "780", kind:
            _write_related(heading, *PRECEDING.get(kind, ("precededBy", "")), into)
        case "785", kind:
            _write_related(heading, *SUCCEEDING.get(kind, ("succeededBy", "")), into)
        case tag, _kind:
            _write_related(heading, PROPERTIES[tag], "", into)


def write_mergers(into: Projection) -> None:
    """Write 785 with the second indicator 7, `Merged with ... to form ...`: the last of them is what was formed.

    A single one does not say which of the two it names; it is a successor.
    """
    for number, waiting in enumerate(into.mergers, start=1):
        heading, into.language = Heading(*waiting[:-1]), waiting.language
        if len(into.mergers) == 1:
            into.doubt("785", "", "merger-of-one", heading.first("t"))
            _write_related(heading, "succeededBy", "", into)
        elif number == len(into.mergers):
            _write_related(heading, "mergedToForm", "", into)
        else:
            _write_related(heading, "relatedTo", _MERGED_WITH, into)
    into.language = ""


def _write_related(heading: Heading, name: str, word: str, into: Projection) -> None:
    is_same_work = heading.tag == "776"
    target = find_target(heading, into, is_same_work=is_same_work)
    subject = into.identity.work if target and target.is_work else into.identity.instance
    if target is None or target.node == subject:
        reason = "no-linked-thing" if target is None else "link-to-itself"
        _omit_all(heading, reason, into)
        return
    describe_target(target, heading, into)
    into.triples.append(f"{subject} {BF}{name}> {target.node}")
    if is_same_work:
        into.triples.append(f"{target.node} {BF}instanceOf> {into.identity.work}")
    _write_details(heading, (subject, target), word, into)


def _omit_all(heading: Heading, reason: str, into: Projection) -> None:
    noted = [each.value for each in into.omissions if each.tag == heading.tag and each.code == "w"]
    for code, value in heading.subfields:
        if code not in "67" and not (code == "w" and value in noted):
            into.omit(heading.tag, code, reason, value)


def _write_details(heading: Heading, ends: tuple[str, Target], word: str, into: Projection) -> None:
    """Write what belongs to the relation: the words that name it, and the part that it is about.

    The field's words for a resource that another record describes stand here too.
    """
    subject, target = ends
    words = [*filter(None, [word]), *(without_end_mark(text) for text in heading.all("i"))]
    relationships = [address(value) for value in heading.all("4")]
    parts = heading.all("gq3")
    if not (words or any(relationships) or parts or target.is_described):
        return
    relation = write_relation(subject, target.node, words, into)
    add = into.triples.append
    for iri in filter(None, relationships):
        add(f"{relation} {BF}relationship> {iri}")
    for text in parts:
        add(f"{relation} {BF}part> {into.text(without_end_mark(text))}")
    if target.is_described and (label := words_for(heading.subfields)):
        add(f"{relation} {LABEL} {into.text(label)}")
        into.in_script(heading.field, lambda linked: add(f"{relation} {LABEL} {into.text(words_for(linked))}"))


_CONTROL: Final = {"5": "processing", "8": "control", "7": "control"}
_SERIES: Final = "R 4* 6 7 8* a b c d g* h i* l* m n* o* s t w* x y"
_USUAL: Final = "R 4* 6 7 8* a b c d g* h i* k* l* m n* o* r* s t u w* x y z*"
_OMITTED: Final = {**_CONTROL, "l": "no-subfield-rule"}


def _rule(tag: str, name: str, definition: str = _USUAL) -> FieldRule:
    return FieldRule(tag, name, definition, _write_link, _OMITTED, is_paired=True)


RULES: tuple[FieldRule, ...] = (
    _rule("760", "Main Series Entry", _SERIES),
    _rule("762", "Subseries Entry", _SERIES),
    _rule("765", "Original Language Entry"),
    _rule("767", "Translation Entry"),
    _rule("770", "Supplement/Special Issue Entry"),
    _rule("772", "Supplement Parent Entry"),
    _rule("773", "Host Item Entry", "R 3 4* 5 6 7 8* a b d g* h i* k* l* m n* o* p q r* s t u w* x y z*"),
    _rule("774", "Constituent Unit Entry", "R 4* 5 6 7 8* a b c d g* h i* k* l* m n* o* r* s t u w* x y z*"),
    _rule("775", "Other Edition Entry", "R 4* 6 7 8* a b c d e f g* h i* k* l* m n* o* r* s t u w* x y z*"),
    _rule("776", "Additional Physical Form Entry"),
    _rule("777", "Issued With Entry"),
    _rule("780", "Preceding Entry"),
    _rule("785", "Succeeding Entry"),
    _rule("786", "Data Source Entry", "R 4* 6 7 8* a b c d g* h i* j k* l* m n* o* p r* s t u v w* x y z*"),
    _rule("787", "Other Relationship Entry", "R 4* 5 6 7 8* a b c d g* h i* k* l* m n* o* r* s t u w* x y z*"),
)
