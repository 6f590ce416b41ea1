"""Where something is on the web (856, 857): the resource itself, a version of it, a part, or something beside it.

https://www.loc.gov/marc/bibliographic/bd856.html
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.described_parts import (
    NOTE,
    PartKind,
    digest,
    web_address,
    words_of,
    write_note_type,
    write_part,
)
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, LABEL, RDA, A
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import literal
from loader.marc.values.standard_numbers import read_norwegian_urn

ELECTRONIC_LOCATION: Final = "electronic location"
"""What kind of note a note with an address is."""
_WORDS: Final = "ymnbcd"
"""Subfields with words for people; in 857, $b, $c and $d are the archive and its dates."""
_PUBLIC_NOTE: Final = "z"
_TECHNICAL: Final = "acdfopqsv"
_STATUS: Final = {"0": "open access", "1": "restricted access"}
_FULL_TEXT: Final = re.compile(r"full\s?te(?:xt|kst)(?: online)?|volltext|texte intégral|texto completo", re.IGNORECASE)
"""Words of $3 that mean all of the resource."""
_KINDS = (
    (re.compile(r"^(?:table of contents|innholdsfortegnelse|innhaldsliste|inhaltsverzeichnis)", re.I), "work",
     PartKind("tableOfContents", "TableOfContents")),
    (re.compile(r"^(?:omslagsbilde|omslagsbilete|cover image|forsidebilde|forsidebilete)", re.I), "instance",
     PartKind("coverArt", "CoverArt")),
    (re.compile(r"^(?:book review|bokomtale|bokanmeldelse|bokmelding)", re.I), "work", PartKind("review", "Review")),
)  # fmt: skip
"""Words of $3 that name a kind of thing, and how it belongs to the work or the instance."""
_SUPPLEMENT = PartKind("supplementaryContent", "SupplementaryContent")
_URN: Final = re.compile(r"urn:nbn:[^?#/\s]+", re.IGNORECASE)


def _write_location(heading: Heading, into: Projection) -> None:
    """Write what is at the addresses of a field; words without an address are a note."""
    addresses = _addresses(heading, into)
    if not addresses:
        _write_link_note(into.identity.instance, heading, [], into)
        return
    subject = _resource(heading, addresses, into)
    if heading.ind2 in ("0", " "):
        into.seen["online"] = heading.tag
    if subject:
        into.triples += (f"{subject} {BF}electronicLocator> {iri}" for iri in addresses)
        _note_urns(subject, heading, into)
        if any(code not in "u7lrt" for code, _value in heading.subfields):
            _write_link_note(subject, heading, addresses, into)
    _write_access(subject or _write_thing(heading, addresses, into), heading, into)


def _addresses(heading: Heading, into: Projection) -> list[str]:
    """Return the addresses of a field; a text that is none is kept as words and reported."""
    addresses = []
    for value in heading.all("ug" if heading.tag == "857" else "u"):
        if iri := web_address(value):
            addresses.append(iri)
        else:
            into.doubt(heading.tag, "u", "iri", value)
    return addresses


def _resource(heading: Heading, addresses: list[str], into: Projection) -> str:
    """Return the instance that is at the addresses, or an empty text where they lead to something else."""
    scope = heading.first("3")
    if heading.ind2 not in ("0", "1") or (scope and not _FULL_TEXT.fullmatch(scope.strip(" .:"))):
        return ""
    if into.copies.digital or heading.ind2 == "0":
        return into.copies.digital or into.identity.instance
    if into.copies.are_several:
        return ""
    return _write_version(addresses, into)


def _write_version(addresses: list[str], into: Projection) -> str:
    """Write an electronic version of what the record describes, which is not electronic; return its node."""
    instance = into.identity.instance
    node = part(instance, f"version-{digest(*sorted(addresses))}")
    into.triples += (
        f"{instance} {BF}otherPhysicalFormat> {node}",
        f"{node} {A} {BF}Instance>",
        f"{node} {A} {RDA}C10007>",
        f"{node} {A} {BF}Electronic>",
        f"{node} {BF}instanceOf> {into.identity.work}",
    )
    return node


def _write_thing(heading: Heading, addresses: list[str], into: Projection) -> str:
    """Write what $3 or the second indicator names, such as a table of contents; else a note. Return the node."""
    scope = without_end_mark(heading.first("3"))
    kinds = ((getattr(into.identity, name), kind) for pattern, name, kind in _KINDS if pattern.match(scope))
    subject, kind = next(kinds, (into.identity.instance, _SUPPLEMENT if heading.ind2 == "2" else NOTE))
    if kind is NOTE:
        return _write_link_note(subject, heading, addresses, into)
    node = part(subject, f"{kind.kind.lower()}-{digest(scope, *sorted(addresses))}")
    into.triples += (f"{subject} {BF}{kind.relation}> {node}", f"{node} {A} {BF}{kind.kind}>")
    if scope:
        into.triples.append(f"{node} {LABEL} {into.text(scope)}")
    words = [*heading.all(_link_text(heading.tag)), *heading.all(_PUBLIC_NOTE)]
    for text in words if scope else words[1:]:
        write_part(node, NOTE, without_end_mark(text), into)
    if words and not scope:
        into.triples.append(f"{node} {LABEL} {into.text(without_end_mark(words[0]))}")
    _write_technical(node, heading, addresses, into)
    return node


def _write_link_note(subject: str, heading: Heading, addresses: list[str], into: Projection) -> str:
    """Write a note with a link: its words, and of what part of the resource it is. Return its node."""
    link, public = words_of(heading.subfields, _link_text(heading.tag)), heading.all(_PUBLIC_NOTE)
    words = link or (without_end_mark(public[0]) if public else "")
    scope, texts = without_end_mark(heading.first("3")), heading.all("u")
    text = words or scope or " ".join(texts or heading.all("adf"))
    if not text:
        omit_all(heading, "no-words", into)
        return ""
    node = part(subject, f"link-{digest(text, scope, *texts)}")
    into.triples += (f"{subject} {BF}note> {node}", f"{node} {A} {BF}Note>", f"{node} {LABEL} {into.text(text)}")
    write_note_type(node, f"={ELECTRONIC_LOCATION}", into)
    if scope and scope != text:
        into.triples.append(f"{node} {BF}part> {into.text(scope)}")
    for each in public:
        write_part(node, NOTE, without_end_mark(each), into)
    if len(addresses) < len(texts) and text not in texts:
        _write_unread(node, texts, into)
    _write_technical(node, heading, addresses, into)
    return node


def _write_unread(node: str, texts: list[str], into: Projection) -> None:
    """Write as labels what should be addresses and is none."""
    into.triples += (f"{node} {LABEL} {into.text(each)}" for each in texts if not web_address(each))


def _link_text(tag: str) -> str:
    """Return the subfields with the text of a link and words that belong to it."""
    return _WORDS if tag == "857" else "ymn"


def _write_technical(node: str, heading: Heading, addresses: list[str], into: Projection) -> None:
    """Write the addresses of a thing, and the format, size and host of what is there."""
    into.triples += (f"{node} {BF}electronicLocator> {iri}" for iri in addresses)
    codes = "qsh" if heading.tag == "857" else _TECHNICAL
    into.triples += (f"{node} {BF}qualifier> {literal(value)}" for value in heading.all(codes))


def _write_access(subject: str, heading: Heading, into: Projection) -> None:
    """Write whether a resource is open ($7), and the terms of access ($l; $n is among the words) and use ($r, $t)."""
    if value := heading.first("7"):
        if value in _STATUS:
            write_part(subject, PartKind("usageAndAccessPolicy", "AccessPolicy"), _STATUS[value], into)
        else:
            into.omit(heading.tag, "7", "fixed-code", value)
    for code, value in heading.subfields:
        if code in "lrt":
            kind = PartKind("usageAndAccessPolicy", "AccessPolicy" if code == "l" else "UsePolicy")
            write_part(subject, kind, without_end_mark(value), into)


def _note_urns(subject: str, heading: Heading, into: Projection) -> None:
    """Note the URN:NBNs of a resource; they are written when all are known."""
    for value in heading.all("u"):
        if match := _URN.search(value):
            urn = read_norwegian_urn(match.group()) or match.group()
            into.urns.setdefault(subject, {})[urn] = None


def write_urns(into: Projection) -> None:
    """Write the URN:NBN of each resource that has one; several are those of several things, and identify none."""
    for subject, urns in into.urns.items():
        if len(urns) == 1:
            write_number(subject, "Urn", next(iter(urns)), "", into)


_CONTROL: Final = {"6": "control", "8": "control", "e": "processing", "x": "private"}
_NO_RULE: Final = dict.fromkeys("2w", "no-subfield-rule")
_OBSOLETE: Final = dict.fromkeys("bghijklt", "obsolete")
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "856",
        "Electronic Location and Access",
        "R 2 3 6 7 8* a* b c* d* e* f* g h i j k l m* n o p q* r* s* t u* v* w* x* y* z*",
        _write_location,
        {**_OBSOLETE, **_NO_RULE, **_CONTROL},
    ),
    FieldRule(
        "857",
        "Electronic Archive Location and Access",
        "R 2 3 5 6 7 8* b c d e* f g* h* l* m* n* q* r* s* t* u* x* y* z*",
        _write_location,
        {**dict.fromkeys("f5", "no-subfield-rule"), **_NO_RULE, **_CONTROL},
    ),
)
