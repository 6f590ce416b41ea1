"""The rules for authority records by tag, with the definitions of their fields.

https://www.loc.gov/marc/authority/ecadlist.html
"""

from __future__ import annotations

from loader.marc.authority_fields.attribute_fields import (
    write_areas,
    write_attribute,
    write_characteristics,
    write_designations,
    write_fuller_form,
    write_groups,
    write_key,
    write_languages,
    write_period,
    write_places,
    write_words,
)
from loader.marc.authority_fields.coded_fields import write_authority_source, write_coded_data, write_entity_type
from loader.marc.authority_fields.date_fields import write_coded_dates
from loader.marc.authority_fields.identifier_fields import write_class, write_identifier
from loader.marc.authority_fields.left_fields import CONTROL, left_in_record, omitted
from loader.marc.fields import control_fields, language_fields
from loader.marc.fields.classification_fields import write_classification
from loader.marc.fields.field_rule import FieldRule
from loader.marc.fields.number_fields import write_isbn, write_issn, write_lccn, write_system_number
from loader.marc.fields.number_rules import write_national_number

_TERM = omitted("3bistuv")
_BASIC = {rule.tag: rule for rule in (*control_fields.RULES, *language_fields.RULES)}
_NUMBERS = (
    _BASIC["001"],
    _BASIC["003"],
    _BASIC["005"],
    FieldRule("008", "Fixed-Length Data Elements", "NR", write_coded_data),
    FieldRule("010", "Library of Congress Control Number", "NR 8* a z*", write_lccn, CONTROL),
    left_in_record("014", "Link to Bibliographic Record for Serial or Multipart Item", "R 6 8* a", "no-rule"),
    FieldRule("016", "National Bibliographic Agency Control Number", "R 2 8* a z*", write_national_number, CONTROL),
    FieldRule("020", "International Standard Book Number", "R 6 8* a c q* z*", write_isbn, CONTROL),
    FieldRule("022", "International Standard Serial Number", "R 0 1* 6 8* a y* z*", write_issn, omitted("01")),
    left_in_record("023", "Cluster ISSN", "R 0 1* 2 6 8* a y* z*", "no-rule"),
    FieldRule("024", "Other Standard Identifier", "R 0 1 2 6 7* 8* a c d q* z*", write_identifier, omitted("01cd")),
    left_in_record(
        "031", "Musical Incipits Information", "R 2 6 8* a b c d* e g m n o p q* r s* t* u* y* z*", "no-rule"
    ),
    left_in_record(
        "034", "Coded Cartographic Mathematical Data", "R 0* 1* 2 3 6 7* 8* d e f g j k m n p r* s* t* x y z", "no-rule"
    ),
    FieldRule("035", "System Control Number", "R 6 8* a z*", write_system_number, CONTROL, tolerant="a"),
    FieldRule("040", "Cataloging Source", "NR 6 8* a b c d* e* f", write_authority_source, CONTROL),
    _BASIC["042"],
    FieldRule("043", "Geographic Area Code", "R 0* 1* 2* 6 7* 8* a* b* c*", write_areas, omitted("012b")),
    left_in_record("045", "Time Period of Heading", "NR 6 8* a* b* c*", "no-rule"),
    FieldRule(
        "046", "Special Coded Dates", "R 2 3 6 8* f g k l o p q r s t u* v* x* z*", write_coded_dates, omitted("3uvx")
    ),
)
_CLASSES = (
    FieldRule("050", "Library of Congress Call Number", "R 0* 1* 5* 6 8* a b d", write_classification, omitted("01d")),
    left_in_record("052", "Geographic Classification", "R 0* 1* 2 6 8* a b* d*", "no-rule"),
    FieldRule("053", "LC Classification Number", "R 0* 1* 5* 6 8* a b c", write_class, omitted("01c")),
    FieldRule(
        "055", "Library and Archives Canada Call Number", "R 0* 1* 2 5* 6 8* a b d", write_class, omitted("01bd")
    ),
    FieldRule(
        "060", "National Library of Medicine Call Number", "R 0* 1* 5* 6 8* a b d", write_classification, omitted("01d")
    ),
    FieldRule("065", "Other Classification Number", "R 0* 1* 2 5* 6 7* 8* a b c", write_class, omitted("01b")),
    left_in_record("066", "Character Sets Present", "NR a b c*", "processing"),
    FieldRule(
        "070",
        "National Agricultural Library Call Number",
        "R 0* 1* 6 8* a b d",
        write_classification,
        omitted("01d"),
    ),
    left_in_record("072", "Subject Category Code", "R 2 6 8* a x*", "no-rule"),
    left_in_record("073", "Subdivision Usage", "NR 6 8* a* z", "no-rule"),
    FieldRule("075", "Type of Entity", "R 0* 1* 2 a* b*", write_entity_type, omitted("01")),
    FieldRule(
        "080", "Universal Decimal Classification Number", "R 0* 1* 2 6 8* a b x*", write_classification, omitted("01")
    ),
    FieldRule("082", "Dewey Decimal Call Number", "R 0* 1* 2 5* 6 8* a b d", write_classification, omitted("01d")),
    FieldRule(
        "083", "Dewey Decimal Classification Number", "R 0* 1* 2 5* 6 8* a b c y* z", write_class, omitted("01byz")
    ),
    FieldRule("086", "Government Document Call Number", "R 2 5* 6 8* a d z", write_class, omitted("dz")),
    FieldRule("087", "Government Document Classification Number", "R 0* 1* 2 6 8* a b c", write_class, omitted("01b")),
)
_ATTRIBUTES = (
    left_in_record("335", "Extension Plan", "R 0* 1* 2 3 6 7* 8* a b", "no-rule"),
    left_in_record("336", "Content Type", "R 0* 1* 2 3 6 7* 8* a* b*", "no-rule"),
    left_in_record("348", "Format of Notated Music", "R 0* 1* 2 3 6 7* 8* a* b*", "no-rule"),
    left_in_record(
        "361", "Structured Ownership and Custodial History", "R 0* 1* 3 5 6 7* 8* a f* k l o* s u* x* y z*", "no-rule"
    ),
    FieldRule(
        "368",
        "Other Attributes of Person or Corporate Body",
        "R 0* 1* 2 4* 6 7* 8* a* b* c* d* i* s t u* v*",
        write_words,
        omitted("0124istuv"),
    ),
    FieldRule(
        "370",
        "Associated Place",
        "R 0* 1* 2* 3 4* 6 7* 8* a b c* e* f* g* i* s t u* v*",
        write_places,
        omitted("34istuv"),
    ),
    left_in_record("371", "Address", "R 4* 6 7* 8* a* b c d e m* s t u* v* z*", "contact-data"),
    FieldRule("372", "Field of Activity", "R 0* 1* 2 6 7* 8* a* s t u* v*", write_attribute, _TERM),
    FieldRule("373", "Associated Group", "R 0* 1* 2 4* 6 7* 8* a* i* s t u* v*", write_groups, omitted("0124iuv")),
    FieldRule("374", "Occupation", "R 0* 1* 2 6 7* 8* a* s t u* v*", write_attribute, _TERM),
    FieldRule("375", "Gender", "R 0* 1* 2 6 7* 8* a* s t u* v*", write_words, omitted("012stuv")),
    FieldRule(
        "376", "Family Information", "R 0* 1* 2 4* 6 7* 8* a* b* c* d* i* s t u* v*", write_words, omitted("0124distuv")
    ),
    FieldRule("377", "Associated Language", "R 0* 1* 2 6 7* 8* a* l*", write_languages, omitted("01l")),
    FieldRule("378", "Fuller Form of Personal Name", "NR 6 7* 8* q u* v*", write_fuller_form, omitted("uv")),
    FieldRule("380", "Form of Work", "R 0* 1* 2 6 7* 8* a*", write_attribute, _TERM),
    FieldRule(
        "381",
        "Other Distinguishing Characteristics of Work or Expression",
        "R 0* 1* 2 4* 6 7* 8* a* i* u* v*",
        write_attribute,
        omitted("4iuv"),
    ),
    FieldRule(
        "382",
        "Medium of Performance",
        "R 0* 1* 2 6 7* 8* a* b* d* e* n* p* r s t v*",
        write_attribute,
        omitted("bdenprstv"),
    ),
    FieldRule(
        "383",
        "Numeric Designation of Musical Work or Expression",
        "R 2 6 7* 8* a* b* c* d e",
        write_designations,
        omitted("2de"),
    ),
    FieldRule("384", "Key", "NR 0* 1* 6 7* 8* a", write_key, omitted("01")),
    FieldRule("385", "Audience Characteristics", "R 0* 1* 2 3 6 7* 8* a* b* m n", write_attribute, omitted("3bmn")),
    FieldRule(
        "386",
        "Creator/Contributor Characteristics",
        "R 0* 1* 2 3 4* 6 7* 8* a* b* i* m n",
        write_characteristics,
        omitted("34bin"),
    ),
    left_in_record(
        "387",
        "Representative Expression Characteristics",
        "R 0* 1* 2 3 6 7* 8* a* b* c* d* e* f* g* h* i* j* k* l* m*",
        "no-rule",
    ),
    FieldRule("388", "Time Period of Creation", "R 0* 1* 2 3 6 7* 8* a*", write_period, omitted("013")),
)
RULES: tuple[FieldRule, ...] = (*_NUMBERS, *_CLASSES, *_ATTRIBUTES)
