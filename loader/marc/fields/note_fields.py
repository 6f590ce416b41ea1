"""Notes and other fields of the block 5XX that are words of one kind.

https://www.loc.gov/marc/bibliographic/bd5xx.html
"""

from __future__ import annotations

from loader.marc.fields.described_parts import PartKind
from loader.marc.fields.field_rule import FieldRule
from loader.marc.fields.worded_field import WordedField, compile_worded_field

FIELDS = (
    WordedField("500", "General Note", "R 3 5 6 7* 8* a l x z", omitted=dict.fromkeys("lxz", "obsolete")),
    WordedField("501", "With Note", "R 5 6 7* 8* a", kind="with"),
    WordedField("504", "Bibliography, etc. Note", "R 6 8* a b", kind="biblio", count_code="b"),
    WordedField(
        "507",
        "Scale Note for Visual Materials",
        "R 6 8* a b",
        words="ab",
        part=PartKind("scale", "Scale"),
        subject="work",
    ),
    WordedField("508", "Creation/Production Credits Note", "R 6 7* 8* a", kind="credits"),
    WordedField(
        "510",
        "Citation/References Note",
        "R 3 6 7* 8* a b c u* x",
        kind="refcitation",
        words="abcx",
        marks={"x": "ISSN "},
    ),
    WordedField("511", "Participant or Performer Note", "R 6 8* a", kind="participants"),
    WordedField("513", "Type of Report and Period Covered Note", "R 6 8* a b", kind="report", words="ab"),
    WordedField(
        "514",
        "Data Quality Note",
        "R 6 8* a b* c* d e f g* h* i j* k* m u* z*",
        kind="=data quality",
        words="abcdefghijkmz",
    ),
    WordedField("515", "Numbering Peculiarities Note", "R 6 7* 8* a z", kind="issuance", words="az"),
    WordedField("516", "Type of Computer File or Data Note", "R 6 8* a", kind="computer"),
    WordedField(
        "522",
        "Geographic Coverage Note",
        "R 6 8* a",
        part=PartKind("geographicCoverage", "GeographicCoverage"),
        subject="work",
    ),
    WordedField("524", "Preferred Citation of Described Materials Note", "R 2 3 6 8* a", kind="citeas"),
    WordedField("525", "Supplement Note", "R 6 8* a z", kind="suppl", words="az"),
    WordedField(
        "526", "Study Program Information Note", "R 5 6 8* a b c d i x* z*", kind="=study programme", words="iabcdz"
    ),
    WordedField(
        "530", "Additional Physical Form available Note", "R 3 6 8* a b c d u* z", kind="addphys", words="abcdz"
    ),
    WordedField(
        "532",
        "Accessibility Note",
        "R 3 6 8* a z",
        part=PartKind("contentAccessibility", "ContentAccessibility"),
        words="az",
    ),
    WordedField(
        "535",
        "Location of Originals/Duplicates Note",
        "R 3 6 8* a b* c* d* g",
        kind="=location of originals or duplicates",
        words="abcdg",
        by_indicator={"1": "=location of originals", "2": "=location of duplicates"},
    ),
    WordedField(
        "536",
        "Funding Information Note",
        "R 6 8* a b* c* d* e* f* g* h*",
        kind="fundinfo",
        words="abcdefgh",
        marks={
            "b": "Contract: ",
            "c": "Grant: ",
            "e": "Program element: ",
            "f": "Project: ",
            "g": "Task: ",
            "h": "Work unit: ",
        },
    ),
    WordedField(
        "538",
        "System Details Note",
        "R 3 5* 6 8* a i u*",
        part=PartKind("systemRequirement", "SystemRequirement"),
        words="ai",
        is_of_edition=True,
    ),
    WordedField(
        "542",
        "Information Relating to Copyright Status",
        "R 3 6 8* a b c d* e* f* g h* i j k* l m n* o p* q r s u*",
        kind="=copyright status",
        words="abcdefghijklmnopqrs",
        has_privacy=True,
    ),
    WordedField(
        "544", "Location of Other Archival Materials Note", "R 3 6 8* a* b* c* d* e* n*", kind="related", words="abcden"
    ),
    WordedField(
        "545",
        "Biographical or Historical Data",
        "R 6 8* a b u*",
        words="ab",
        by_indicator={"0": "biogdata", "1": "adminhist"},
    ),
    WordedField("547", "Former Title Complexity Note", "R 6 8* a z", words="az"),
    WordedField("550", "Issuing Body Note", "R 6 7* 8* a z", kind="issuing", words="az"),
    WordedField(
        "552",
        "Entity and Attribute Information Note",
        "R 6 8* a b c d e* f* g h i j k l m n o* p* u* z*",
        kind="=entities and attributes",
        words="abcdefghijklmnopz",
    ),
    WordedField(
        "555",
        "Cumulative Index/Finding Aids Note",
        "R 3 6 7* 8* a b* c d u*",
        words="abcd",
        by_indicator={" ": "index", "0": "finding"},
    ),
    WordedField(
        "556", "Information About Documentation Note", "R 6 8* a z*", kind="doc", words="az", marks={"z": "ISBN "}
    ),
    WordedField(
        "561",
        "Ownership and Custodial History",
        "R 3 5 6 8* a b u*",
        literal="custodialHistory",
        words="a",
        has_privacy=True,
        omitted=dict.fromkeys("b", "obsolete"),
    ),
    WordedField(
        "562",
        "Copy and Version Identification Note",
        "R 3 5 6 8* a* b* c* d* e*",
        kind="=copy and version",
        words="abcde",
    ),
    WordedField("563", "Binding Information", "R 3 5 6 8* a u*", kind="binding"),
    WordedField(
        "565",
        "Case File Characteristics Note",
        "R 3 6 8* a b* c* d* e*",
        kind="=case file characteristics",
        words="abcde",
    ),
    WordedField(
        "567",
        "Methodology Note",
        "R 0* 1* 2 6 8* a b*",
        kind="=methodology",
        words="ab",
        omitted=dict.fromkeys("01", "no-subfield-rule"),
    ),
    WordedField("580", "Linking Entry Complexity Note", "R 5 6 8* a z", kind="relnote", words="az", subject="work"),
    WordedField(
        "581",
        "Publications About Described Materials Note",
        "R 3 6 8* a z*",
        kind="related",
        words="az",
        marks={"z": "ISBN "},
    ),
    WordedField(
        "584", "Accumulation and Frequency of Use Note", "R 3 5 6 8* a* b*", kind="=accumulation and use", words="ab"
    ),
    WordedField("585", "Exhibitions Note", "R 3 5 6 8* a", kind="exhibit"),
    WordedField("586", "Awards Note", "R 3 6 8* a", kind="award", subject="work"),
    WordedField("588", "Source of Description Note", "R 5 6 8* a", kind="descsource", subject="record"),
)
RULES: tuple[FieldRule, ...] = tuple(compile_worded_field(each) for each in FIELDS)
