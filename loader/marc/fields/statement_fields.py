"""Words about incipits, music formats, files and stamps, whole statements of a manifestation, and addresses.

The fields are 031, 254–258, 270 and 881.

See https://www.loc.gov/marc/bibliographic/.
"""

from __future__ import annotations

from loader.marc.fields.described_parts import PartKind
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.projection import Projection
from loader.marc.fields.worded_field import WordedField, compile_worded_field

FIELDS = (
    WordedField(
        "031",
        "Musical Incipits Information",
        "R 2 6 8* a b c d* e g m n o p q* r s* t* u* y* z*",
        words="abcdegmnopqrstyz",
        kind="=musical incipit",
        subject="work",
    ),
    WordedField(
        "254",
        "Musical Presentation Statement",
        "NR 6 8* a",
        part=PartKind("musicFormat", "MusicFormat"),
        subject="work",
    ),
    WordedField("256", "Computer File Characteristics", "NR 6 7* 8* a", kind="=computer file characteristics"),
    WordedField("258", "Philatelic Issue Data", "R 6 8* a b", words="ab", kind="=philatelic issue"),
    WordedField(
        "881",
        "Manifestation Statements",
        "R 3 6 8* a* b* c* d* e* f* g* h* i* j* k* l* m* n*",
        words="abcdefghijklmn",
        kind="=manifestation statement",
    ),
)


def _omit_address(heading: Heading, into: Projection) -> None:
    """Write nothing of 270."""
    omit_all(heading, "contact-data", into)


RULES: tuple[FieldRule, ...] = (
    *(compile_worded_field(each) for each in FIELDS),
    FieldRule("270", "Address", "R 4* 6 8* a* b c d e f g h i j* k* l* m* n* p* q* r* z*", _omit_address),
)
