"""The roles of an agent: the codes and words of $4, $e and $j, as terms of the MARC list where they are in it."""

from __future__ import annotations

from loader.marc.fields.projection import Projection, Subfields
from loader.marc.fields.terms import BF, LABEL, LOC, A
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import address, literal


def role_codes(subfields: Subfields, words: str, profile: MarcProfile) -> list[str]:
    """Return the codes of the MARC list that a heading has, each once; `words` are the subfields with words."""
    codes: dict[str, None] = {}
    for code, value in subfields:
        if code == "4":
            short = value.rpartition("/")[2].lower() if "://" in value else value.lower().strip(" .")
            if short in profile.relator_codes and ("://" not in value or "vocabulary/relators/" in value):
                codes[short] = None
        elif code in words and (role := _find_role(without_end_mark(value), profile)):
            codes[role] = None
    return list(codes)


def write_roles(contribution: str, subfields: Subfields, words: str, into: Projection) -> list[str]:
    """Write the roles of a contribution and return their codes; one that is not in the list has a label or a code."""
    codes = role_codes(subfields, words, into.profile)
    add = into.triples.append
    for code in codes:
        add(f"{contribution} {BF}role> {LOC}relators/{code}>")
    for code, value in subfields:
        if code == "4" and "://" in value:
            if "vocabulary/relators/" not in value and (iri := address(value)):
                add(f"{contribution} {BF}role> {iri}")
        elif code in words or code == "4":
            text = without_end_mark(value)
            if not is_listed(code, text, into.profile):
                _write_own_role(contribution, code, text, into)
    return codes


def _find_role(text: str, profile: MarcProfile) -> str:
    """Return the code that a word stands for, which may be the code itself; an empty text for a word of no list."""
    word = text.lower().rstrip(" .")
    return profile.relators.get(word) or (word if word in profile.relator_codes else "")


def is_listed(code: str, text: str, profile: MarcProfile) -> bool:
    """Return whether a word or a code ($4) is one of the MARC list, by the words of the profile."""
    return text.lower().rstrip(" .") in profile.relator_codes if code == "4" else bool(_find_role(text, profile))


def _write_own_role(contribution: str, code: str, text: str, into: Projection) -> None:
    """Write a role of no list; the full stop that ends the field is no part of its name, that of an abbreviation is."""
    role = into.scoped("concept/role", hashed("code" if code == "4" else "word", heading_key(text)))
    name = f"{BF}code>" if code == "4" else LABEL
    add = into.triples.append
    add(f"{contribution} {BF}role> {role}")
    add(f"{role} {A} {BF}Role>")
    add(f"{role} {name} {literal(_own_word(text))}")


def _own_word(text: str) -> str:
    """Return a word without the full stop that ends its field; in `ed. and tr.` it belongs to an abbreviation."""
    return text if "." in text[:-1] else without_end_punctuation(text)


def write_role_words(contribution: str, subfields: Subfields, words: str, into: Projection) -> None:
    """Write the words by which a record names a role of the list, as the label of the contribution."""
    for code, value in subfields:
        word = without_end_mark(value)
        if code in words and is_listed(code, word, into.profile):
            into.triples.append(f"{contribution} {LABEL} {into.text(word)}")
