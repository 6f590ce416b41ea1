"""Languages (008/35–37, 041), and the codes of who catalogued and where things are (040, 042, 043, 044).

https://www.loc.gov/marc/bibliographic/bd041.html
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, ID, LOC, VALUE, A
from loader.marc.values.heading_keys import hashed
from loader.marc.values.language_codes import BY_TWO_LETTERS, country, current_language, split_codes
from loader.marc.values.literals import literal, path_segment
from nbkg.records.record import MarcField

PARTS: Final = {
    "b": "summary",
    "d": "sung or spoken text",
    "e": "libretto",
    "f": "table of contents",
    "g": "accompanying material",
    "h": "original",
    "i": "intertitles",
    "j": "subtitles",
    "k": "intermediate translation",
    "m": "original of accompanying material",
    "n": "original of libretto",
    "p": "captions",
    "q": "accessible audio",
    "r": "accessible visual language",
    "t": "transcripts",
}
"""The subfields of 041, and of what part of a resource they give the language; $a is the text itself."""
_AREA: Final = re.compile(r"[a-z][a-z-]{0,6}")


def languages_of(fields: list[MarcField], coded: str) -> tuple[list[str], list[str]]:
    """Return the languages of the text, and of its original, as codes of the MARC list."""
    listed = [field for field in fields if field.tag == "041" and field.ind2 != "7"]
    texts = _listed_languages(listed, "ad")
    if not texts and (language := current_language(coded[35:38])):
        texts = [language]
    return texts, _listed_languages(listed, "h")


def _listed_languages(fields: list[MarcField], codes: str) -> list[str]:
    values = [code for field in fields for value in field.values(codes) for code in split_codes(value.strip())]
    return list(dict.fromkeys(filter(None, map(current_language, values))))


def write_coded_language(into: Projection) -> None:
    """Write the language of 008/35–37, where it is coded."""
    code = into.coded[35:38]
    if code.strip(" |") == "" or code == "zxx":
        return
    language = current_language(code)
    if language:
        into.triples.append(f"{into.identity.work} {BF}language> {LOC}languages/{language}>")
    else:
        into.doubt("008", "", "language-code", code)


def _write_languages(heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        if code not in "236":
            for language in _codes(heading, code, value, into):
                _write_language(code, language, into)


def _codes(heading: Heading, subfield: str, value: str, into: Projection) -> list[str]:
    """Return the languages of one subfield as nodes; codes of another list are mapped to those that mean the same."""
    if heading.ind2 == "7":
        return [language_of_list(value, heading.first("2"), into)]
    texts = split_codes(value.replace(" ", ""))
    if len(texts) > 1:
        into.doubt("041", subfield, "codes-run-together", value)
    languages = [current_language(text) for text in texts]
    for text, language in zip(texts, languages, strict=True):
        if not language:
            into.doubt("041", subfield, "language-code", text)
    if not any(languages):
        into.omit("041", subfield, "language-code", value)
    return [f"{LOC}languages/{language}>" for language in languages if language]


def language_of_list(value: str, source: str, into: Projection) -> str:
    """Return the language that a code of another list means: one of the MARC list that is the same, else a node."""
    code = value.lower()
    known = BY_TWO_LETTERS.get(code) if source.startswith("iso639-1") or source == "rfc5646" else current_language(code)
    if known:
        return f"{LOC}languages/{known}>"
    node = into.scoped("concept/language", hashed(source, code))
    add = into.triples.append
    add(f"{node} {A} {BF}Language>")
    add(f"{node} {BF}code> {literal(value)}")
    if source:
        _write_source(node, source, into)
    return node


def _write_source(node: str, code: str, into: Projection) -> None:
    source = f"{LOC}languageschemes/{path_segment(code)}>"
    into.triples.append(f"{node} {BF}source> {source}")
    into.triples.append(f"{source} {A} {BF}Source>")
    into.triples.append(f"{source} {BF}code> {literal(code)}")


def _write_language(code: str, language: str, into: Projection) -> None:
    work, add = into.identity.work, into.triples.append
    if code == "a":
        add(f"{work} {BF}language> {language}")
        return
    what = PARTS[code]
    node = part(work, f"language-{code}-{hashed(language)}")
    add(f"{work} {BF}language> {node}")
    add(f"{node} {A} {BF}Language>")
    add(f"{node} {VALUE} {language}")
    add(f"{node} {BF}part> {literal(what)}")


def write_cataloguing(heading: Heading, into: Projection) -> None:
    """Write 040: who made the record and changed it, in which language and by which rules."""
    record, add = into.identity.record, into.triples.append
    for code, value in heading.subfields:
        if code in "ac":
            add(f"{record} {BF}assigner> {agency(value, into)}")
        elif code == "d":
            add(f"{record} {BF}descriptionModifier> {agency(value, into)}")
        elif code == "b":
            language = current_language(value)
            if language:
                add(f"{record} {BF}descriptionLanguage> {LOC}languages/{language}>")
            else:
                into.omit("040", "b", "language-code", value)
        elif code == "e":
            add(f"{record} {BF}descriptionConventions> {LOC}descriptionConventions/{path_segment(value)}>")


def _write_authentication(heading: Heading, into: Projection) -> None:
    for value in heading.all("a"):
        for code in value.split():
            node = f"{LOC}marcauthen/{path_segment(code)}>"
            into.triples.append(f"{into.identity.record} {BF}descriptionAuthentication> {node}")


def _write_areas(heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        area = value.rstrip("-. ")
        if code == "a" and _AREA.fullmatch(area):
            into.triples.append(f"{into.identity.work} {BF}geographicCoverage> {LOC}geographicAreas/{area}>")
        elif code == "c":
            _write_area_code(value, into)
        elif code == "a":
            into.omit("043", "a", "country-code", value)


def _write_area_code(value: str, into: Projection) -> None:
    node = into.scoped("concept/area", hashed(value))
    add = into.triples.append
    add(f"{into.identity.work} {BF}geographicCoverage> {node}")
    add(f"{node} {A} {BF}GeographicCoverage>")
    add(f"{node} {BF}code> {literal(value)}")


def _write_countries(heading: Heading, into: Projection) -> None:
    """Write 044: the countries of publication by the MARC list ($a), or by ISO 3166 ($c)."""
    for code, value in heading.subfields:
        if code == "a" and (name := country(value.lower())):
            add_country(f"{LOC}countries/{name}>", into)
        elif code == "c" and re.fullmatch(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{1,3})?", value):
            node = f"{ID}concept/country/{value.lower()}>"
            into.triples.append(f"{node} {A} {BF}Place>")
            into.triples.append(f"{node} {BF}code> {literal(value.lower())}")
            add_country(node, into)
        else:
            into.omit("044", code, "country-code", value)


def add_country(node: str, into: Projection) -> None:
    """Note a country of publication; it is written with the publication."""
    into.countries.append(node)


_CONTROL: Final = {"6": "control", "7": "control", "8": "control"}
_CODES: Final = {**_CONTROL, "0": "no-subfield-rule", "1": "no-subfield-rule", "3": "no-subfield-rule"}
RULES: tuple[FieldRule, ...] = (
    FieldRule("040", "Cataloging Source", "NR 6 8* a b c d* e*", write_cataloguing, _CONTROL),
    FieldRule(
        "041",
        "Language Code",
        "R 2 3 6 7* 8* a* b* c d* e* f* g* h* i* j* k* m* n* p* q* r* t*",
        _write_languages,
        {"c": "no-subfield-rule", **_CODES},
        tolerant="a",
    ),
    FieldRule("042", "Authentication Code", "NR a*", _write_authentication),
    FieldRule(
        "043",
        "Geographic Area Code",
        "R 0* 1* 2* 6 8* a* b* c*",
        _write_areas,
        {**_CODES, **dict.fromkeys("b2", "no-subfield-rule")},
    ),
    FieldRule(
        "044",
        "Country of Publishing/Producing Entity Code",
        "NR 2* 6 8* a* b* c*",
        _write_countries,
        {**_CONTROL, **dict.fromkeys("b2", "no-subfield-rule")},
    ),
)
