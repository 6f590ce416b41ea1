"""The table of rules: one for each tag, and which tags MARC 21 leaves to libraries."""

from __future__ import annotations

from typing import Final

from loader.marc.fields import (
    added_entry_fields,
    associated_languages,
    characteristic_fields,
    classification_fields,
    coded_content_fields,
    coded_date_fields,
    coded_form_fields,
    content_fields,
    control_fields,
    frequency_fields,
    index_term_fields,
    issuance_fields,
    language_fields,
    library_holdings,
    linking_fields,
    locator_fields,
    minor_number_fields,
    music_fields,
    name_fields,
    note_fields,
    number_rules,
    physical_fields,
    policy_fields,
    provision_fields,
    record_history_fields,
    series_fields,
    statement_fields,
    subject_fields,
    title_fields,
    version_fields,
)
from loader.marc.fields.field_rule import FieldRule

RULES: tuple[FieldRule, ...] = (
    *control_fields.RULES,
    *number_rules.RULES,
    *minor_number_fields.RULES,
    *minor_number_fields.HOLDINGS_RULES,
    *language_fields.RULES,
    *associated_languages.RULES,
    *coded_form_fields.RULES,
    *coded_date_fields.RULES,
    *classification_fields.RULES,
    *name_fields.RULES,
    *title_fields.RULES,
    *statement_fields.RULES,
    *provision_fields.RULES,
    *physical_fields.RULES,
    *frequency_fields.RULES,
    *issuance_fields.RULES,
    *coded_content_fields.RULES,
    *music_fields.RULES,
    *characteristic_fields.RULES,
    *note_fields.RULES,
    *content_fields.RULES,
    *policy_fields.RULES,
    *version_fields.RULES,
    *locator_fields.RULES,
    *library_holdings.RULES,
    *library_holdings.HOLDINGS_RULES,
    *record_history_fields.RULES,
    *subject_fields.RULES,
    *index_term_fields.RULES,
    *added_entry_fields.RULES,
    *series_fields.RULES,
    *linking_fields.RULES,
)
BY_TAG: Final = {rule.tag: rule for rule in RULES}


def is_local(tag: str) -> bool:
    """Return whether MARC 21 leaves a tag to libraries: those with a 9 but for 490, and tags that are no figures.

    See 3.12 of https://www.loc.gov/marc/96principl.html.
    """
    return not tag.isdigit() or ("9" in tag and tag != "490")
