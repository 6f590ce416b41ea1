"""How something is issued and sold, and other fields of words in the block 3XX (307, 335–366, 381–388).

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

from loader.marc.fields.field_rule import FieldRule
from loader.marc.fields.worded_field import WordedField, compile_worded_field

FIELDS = (
    WordedField("307", "Hours, etc.", "R 6 8* a b", words="ab", kind="=hours"),
    WordedField("335", "Extension Plan", "R 0* 1* 2 3 6 7* 8* a b", words="a", kind="=extension plan"),
    WordedField(
        "342",
        "Geospatial Reference Data",
        "R 2 6 8* a b c d e* f* g h i j k l m n o p q r s t u v w",
        words="abcdefghijklmnopqrstvw",
        kind="=geospatial reference",
        omitted={"u": "no-subfield-rule"},
    ),
    WordedField(
        "343", "Planar Coordinate Data", "R 6 8* a b c d e f g h i", words="abcdefghi", kind="=planar coordinates"
    ),
    WordedField(
        "351", "Organization and Arrangement of Materials", "R 3 6 8* a* b* c", words="abc", kind="=arrangement"
    ),
    WordedField("362", "Dates of Publication and/or Sequential Designation", "R 6 8* a z", words="az", kind="number"),
    WordedField(
        "363",
        "Normalized Date and Sequential Designation",
        "R 6 8* a b c d e f g h i j k l m u v x* z*",
        words="abcdefghijklmvz",
        kind="=numbering",
        by_indicator={"0": "=first issue", "1": "=last issue"},
        omitted={"u": "no-subfield-rule"},
    ),
    WordedField(
        "365", "Trade Price", "R 2 6 8* a b c d e f g h i j k m", words="bcadefghijkm", literal="acquisitionTerms"
    ),
    WordedField(
        "366",
        "Trade Availability Information",
        "R 2 6 8* a b c d e f g j k m",
        words="abcdefgjkm",
        kind="=trade availability",
    ),
    WordedField(
        "381",
        "Other Distinguishing Characteristics of Work or Expression",
        "R 0* 1* 2 3 6 7* 8* a* u* v*",
        words="av",
        kind="=distinguishing characteristic",
        subject="work",
    ),
    WordedField("384", "Key", "R 0* 1* 3 6 7* 8* a", literal="musicKey", subject="work"),
    WordedField(
        "386",
        "Creator/Contributor Characteristics",
        "R 0* 1* 2 3 4* 6 7* 8* a* b* i* m n",
        words="amn",
        kind="=creator characteristic",
        subject="work",
        code="b",
    ),
    WordedField(
        "387",
        "Representative Expression Characteristics",
        "R 0* 1* 2 3 6 7* 8* a* b* c* d* e* f* g* h* i* j* k* l* m*",
        words="abcdefghijklm",
        kind="=representative expression",
        subject="work",
    ),
    WordedField("388", "Time Period of Creation", "R 0* 1* 2 3 6 7* 8* a*", literal="originDate", subject="work"),
)
RULES: tuple[FieldRule, ...] = tuple(compile_worded_field(each) for each in FIELDS)
