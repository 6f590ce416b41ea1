"""Characteristics of carriers and works by terms (251, 257, 334–353, 370, 380, 385).

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

from loader.marc.fields.described_parts import PartKind
from loader.marc.fields.field_rule import FieldRule
from loader.marc.fields.term_fields import TermField, compile_term_field

FIELDS = (
    TermField("251", "Version Information", "R 0* 1* 2 3 6 8* a*", {}, literals={"a": "version"}, subject="work"),
    TermField(
        "257",
        "Country of Producing Entity",
        "R 0* 1* 2 6 8* a*",
        {"a": PartKind("originPlace", "Place")},
        subject="work",
    ),
    TermField(
        "334", "Mode of Issuance", "R 0* 1* 2 6 8* a b", {"a": PartKind("issuance", "Issuance")}, codes={"b": "a"}
    ),
    TermField(
        "340",
        "Physical Medium",
        "R 0* 1* 2 3 6 8* a* b* c* d* e* f* g* h* i* j* k* l* m* n* o* p* q*",
        {
            "a": PartKind("baseMaterial", "BaseMaterial"),
            "c": PartKind("appliedMaterial", "AppliedMaterial"),
            "d": PartKind("productionMethod", "ProductionMethod"),
            "e": PartKind("mount", "Mount"),
            "f": PartKind("reductionRatio", "ReductionRatio"),
            "g": PartKind("colorContent", "ColorContent"),
            "i": PartKind("systemRequirement", "SystemRequirement"),
            "j": PartKind("generation", "Generation"),
            "k": PartKind("layout", "Layout"),
            "l": PartKind("binding", "Binding"),
            "m": PartKind("bookFormat", "BookFormat"),
            "n": PartKind("fontSize", "FontSize"),
            "o": PartKind("polarity", "Polarity"),
            "p": PartKind("illustrativeContent", "Illustration"),
            "q": PartKind("reductionRatio", "ReductionRatio"),
        },
        literals={"b": "dimensions"},
        notes={"h": "=location in medium"},
    ),
    TermField(
        "341",
        "Accessibility Content",
        "R 0* 1* 2 3 6 8* a b* c* d* e*",
        {
            "a": PartKind("contentAccessibility", "ContentAccessibility"),
            "b": PartKind("contentAccessibility", "ContentAccessibility"),
            "c": PartKind("contentAccessibility", "ContentAccessibility"),
            "d": PartKind("contentAccessibility", "ContentAccessibility"),
            "e": PartKind("contentAccessibility", "ContentAccessibility"),
        },
        subject="work",
    ),
    TermField(
        "344",
        "Sound Characteristics",
        "R 0* 1* 2 3 6 8* a* b* c* d* e* f* g* h* i* j*",
        {
            "a": PartKind("soundCharacteristic", "RecordingMethod"),
            "b": PartKind("soundCharacteristic", "RecordingMedium"),
            "c": PartKind("soundCharacteristic", "PlayingSpeed"),
            "d": PartKind("soundCharacteristic", "GrooveCharacteristic"),
            "e": PartKind("soundCharacteristic", "TrackConfig"),
            "f": PartKind("soundCharacteristic", "TapeConfig"),
            "g": PartKind("soundCharacteristic", "PlaybackChannels"),
            "h": PartKind("soundCharacteristic", "PlaybackCharacteristic"),
            "i": PartKind("soundContent", "SoundContent"),
            "j": PartKind("soundCharacteristic", "CaptureStorage"),
        },
    ),
    TermField(
        "345",
        "Moving Image Characteristics",
        "R 0* 1* 2 3 6 8* a* b* c* d*",
        {
            "a": PartKind("projectionCharacteristic", "PresentationFormat"),
            "b": PartKind("projectionCharacteristic", "ProjectionSpeed"),
            "c": PartKind("aspectRatio", "AspectRatio"),
            "d": PartKind("aspectRatio", "AspectRatio"),
        },
    ),
    TermField(
        "346",
        "Video Characteristics",
        "R 0* 1* 2 3 6 8* a* b*",
        {
            "a": PartKind("videoCharacteristic", "VideoFormat"),
            "b": PartKind("videoCharacteristic", "BroadcastStandard"),
        },
    ),
    TermField(
        "347",
        "Digital File Characteristics",
        "R 0* 1* 2 3 6 8* a* b* c* d* e* f*",
        {
            "a": PartKind("digitalCharacteristic", "FileType"),
            "b": PartKind("digitalCharacteristic", "EncodingFormat"),
            "c": PartKind("digitalCharacteristic", "FileSize"),
            "d": PartKind("digitalCharacteristic", "Resolution"),
            "e": PartKind("digitalCharacteristic", "RegionalEncoding"),
            "f": PartKind("digitalCharacteristic", "EncodedBitrate"),
        },
    ),
    TermField(
        "348",
        "Notated Music Characteristics",
        "R 0* 1* 2 3 6 7* 8* a* b* c* d*",
        {"a": PartKind("musicFormat", "MusicFormat"), "c": PartKind("notation", "MusicNotation")},
        codes={"b": "a", "d": "c"},
        subject="work",
    ),
    TermField(
        "352",
        "Digital Graphic Representation",
        "R 6 8* a b* c* d e f g i q",
        {
            "a": PartKind("digitalCharacteristic", "CartographicDataType"),
            "b": PartKind("digitalCharacteristic", "CartographicObjectType"),
            "q": PartKind("digitalCharacteristic", "EncodingFormat"),
        },
        notes=dict.fromkeys("defgi", "=digital graphic representation"),
        counts="c",
    ),
    TermField(
        "353",
        "Supplementary Content Characteristics",
        "R 0* 1* 2 3 6 8* a* b*",
        {"a": PartKind("supplementaryContent", "SupplementaryContent")},
        codes={"b": "a"},
        subject="work",
    ),
    TermField(
        "370",
        "Associated Place",
        "R 0* 1* 2 3 4* 6 7* 8* c* f* g* i* s t u* v*",
        {"g": PartKind("originPlace", "Place"), "c": PartKind("originPlace", "Place"), "f": PartKind("place", "Place")},
        subject="work",
    ),
    TermField(
        "380", "Form of Work", "R 0* 1* 2 3 6 7* 8* a*", {"a": PartKind("genreForm", "GenreForm")}, subject="work"
    ),
    TermField(
        "385",
        "Audience Characteristics",
        "R 0* 1* 2 3 6 7* 8* a* b* m n",
        {"a": PartKind("intendedAudience", "IntendedAudience")},
        codes={"b": "a"},
        qualifiers="mn",
        subject="work",
    ),
)
RULES: tuple[FieldRule, ...] = tuple(compile_term_field(each) for each in FIELDS)
