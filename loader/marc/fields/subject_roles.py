"""What a subject has to do with the work besides being its subject: honoured, depicted, its setting ($e and $4 of 6XX).

https://www.loc.gov/marc/bibliographic/bd6xx.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection
from loader.marc.fields.related_works import write_relation
from loader.marc.fields.relators import is_listed, role_codes, write_role_words
from loader.marc.fields.terms import BF, LOC
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.literals import address

_CODES: Final = frozenset("ej4")


def write_subject_roles(heading: Heading, node: str, into: Projection) -> None:
    """Write the relation between the work and its subject, where a field names it by a word, a code or an IRI."""
    for code, _value in heading.subfields:  # most fields have none, and a list of them takes twice as long
        if code in _CODES:
            _write_roles(heading, node, into)
            return


def _write_roles(heading: Heading, node: str, into: Projection) -> None:
    words_of_role = "j" if heading.tag == "611" else "e"
    codes_of_role = f"{words_of_role}4"
    roles = [(code, without_end_punctuation(value)) for code, value in heading.subfields if code in codes_of_role]
    if not roles:
        return
    codes = role_codes(roles, words_of_role, into.profile)
    iris = [iri for code, value in roles if code == "4" and "://" in value and (iri := _other_address(value))]
    words = [value for code, value in roles if "://" not in value and not is_listed(code, value, into.profile)]
    relation = write_relation(into.identity.work, node, words, into)
    for role in (*(f"{LOC}relators/{code}>" for code in codes), *iris):
        into.triples.append(f"{relation} {BF}relationship> {role}")
    write_role_words(relation, roles, words_of_role, into)


def _other_address(value: str) -> str:
    """Return an IRI that is none of the relators, as it is written in N-Triples."""
    return "" if "vocabulary/relators/" in value else address(value)
