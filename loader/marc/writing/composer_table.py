"""The composers of all fields, by blocks of tags."""

from __future__ import annotations

from loader.marc.writing import (
    class_composers,
    copy_composers,
    fixed_composers,
    link_composers,
    local_composers,
    name_composers,
    number_composers,
    part_composers,
    provision_composers,
    record_number_composers,
    series_composers,
    subject_composers,
    title_composers,
    type_composers,
    worded_composers,
)
from loader.marc.writing.composer import Composer

COMPOSERS: tuple[Composer, ...] = (
    *record_number_composers.COMPOSERS,
    *fixed_composers.COMPOSERS,
    *number_composers.COMPOSERS,
    *class_composers.COMPOSERS,
    *name_composers.COMPOSERS,
    *title_composers.COMPOSERS,
    *provision_composers.COMPOSERS,
    *type_composers.COMPOSERS,
    *worded_composers.COMPOSERS,
    *part_composers.COMPOSERS,
    *copy_composers.COMPOSERS,
    *subject_composers.COMPOSERS,
    *series_composers.COMPOSERS,
    *link_composers.COMPOSERS,
    *local_composers.COMPOSERS,
)
