"""Edits change single fields of a record that still has what they expect, and are refused where it has not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nbkg.errors import DataError, EditConflictError, UnwritableError
from nbkg.records.codecs import read_record
from nbkg.records.form import Form
from nbkg.records.record import MarcField
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.edit_json import parse_patches, parse_provenance
from nbkg.records.store.edited_record import edited_bytes
from nbkg.records.store.editing import NewEdit, add_edits, withdraw_edit
from nbkg.records.store.edits import Edit, EditProvenance
from nbkg.records.store.record_store import open_records
from tests.nbkg.records.store.marc_samples import field, iso2709, names

FIELDS = (
    ("001", "1"),
    ("245", "10\x1faSult\x1fcKnut Hamsun"),
    ("650", " 7\x1faSult\x1f2ntsf"),
    ("650", " 7\x1faOslo\x1faKristiania"),
)
SULT = iso2709(*FIELDS)
WHO = EditProvenance("kari@nb.no", "2025-02-01", "skrivefeil")
OSLO = {"indicators": " 7", "subfields": [["a", "Oslo"], ["a", "Kristiania"]]}


def append(folder: Path, day: str, raw: bytes = SULT, form: Form = Form.ISO2709) -> None:
    with deliver(folder, "nb", day) as delivery:
        delivery.append(form, raw, names(SULT))


def edit(folder: Path, *patches: dict[str, Any]) -> int:
    (number,) = add_edits(folder, "nb", [NewEdit("1", parse_patches(list(patches)), WHO)])
    return number


def exported(folder: Path, form: Form = Form.ISO2709, delivery: int | None = None) -> bytes:
    with open_records(folder, "nb") as store:
        (record,) = store.iter_records(delivery)
        return edited_bytes(record, store.edits(record.record, delivery), form)


def with_fields(*changes: tuple[float, tuple[str, str] | None]) -> bytes:
    """Return SULT with fields replaced, left out, or added between two others (1.5), by their position."""
    fields: dict[float, tuple[str, str] | None] = {**dict(enumerate(FIELDS)), **dict(changes)}
    return iso2709(*[changed for at in sorted(fields) if (changed := fields[at])])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    append(tmp_path, "2025-01-01")
    return tmp_path


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        (
            {"action": "replace", "tag": "245", "code": "a", "old": "Sult", "new": "Hunger"},
            with_fields((1, ("245", "10\x1faHunger\x1fcKnut Hamsun"))),
        ),
        (
            {"action": "replace", "tag": "650", "occurrence": 2, "code": "a", "code_occurrence": 2}
            | {"old": "Kristiania", "new": "Christiania"},
            with_fields((3, ("650", " 7\x1faOslo\x1faChristiania"))),
        ),
        (
            {"action": "delete", "tag": "650", "occurrence": 2, "code": "a", "old": "Oslo"},
            with_fields((3, ("650", " 7\x1faKristiania"))),
        ),
        (
            {"action": "add", "tag": "650", "occurrence": 2, "code": "2", "old": OSLO, "new": "ntsf"},
            with_fields((3, ("650", " 7\x1faOslo\x1faKristiania\x1f2ntsf"))),
        ),
        ({"action": "delete", "tag": "650", "occurrence": 2, "old": OSLO}, with_fields((3, None))),
        (
            {"action": "replace", "tag": "650", "occurrence": 2, "old": OSLO}
            | {"new": {"indicators": " 4", "subfields": [["a", "Bergen"]]}},
            with_fields((3, ("650", " 4\x1faBergen"))),
        ),
        (
            {"action": "add", "tag": "500", "new": {"indicators": "  ", "subfields": [["a", "Roman"]]}},
            with_fields((1.5, ("500", "  \x1faRoman"))),
        ),
        ({"action": "add", "tag": "003", "new": "NO-TrBIB"}, with_fields((0.5, ("003", "NO-TrBIB")))),
        ({"action": "replace", "tag": "001", "old": "1", "new": "2"}, with_fields((0, ("001", "2")))),
    ],
)
def test_a_patch_changes_its_field_and_nothing_else(folder: Path, patch: dict[str, Any], expected: bytes) -> None:
    edit(folder, patch)
    assert exported(folder) == expected
    with open_records(folder, "nb") as store:
        assert store.versions(1)[-1].raw == SULT
        assert [each.provenance for each in store.edits(1)] == [WHO]


HUNGER = {"action": "replace", "tag": "245", "code": "a", "old": "Sult", "new": "Hunger"}


@pytest.mark.parametrize(
    ("patch", "problem"),
    [
        (
            HUNGER | {"old": "Pan"},
            "1: edit 1 does not fit the record: replace 245[1]$a: the subfield is “Sult” and not “Pan”",
        ),
        (HUNGER | {"code": "b"}, "the field is “10$aSult$cKnut Hamsun”"),
        (HUNGER | {"occurrence": 2}, "the record has 1 fields 245"),
        (HUNGER | {"tag": "246"}, "the record has 0 fields 246"),
        (HUNGER | {"code_occurrence": 2}, "the field is"),
        (
            {"action": "delete", "tag": "650", "old": OSLO},
            "the field is “ 7$aSult$2ntsf” and not “ 7$aOslo$aKristiania”",
        ),
        ({"action": "add", "tag": "650", "new": OSLO}, "the record has this field already"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(folder: Path, patch: dict[str, Any], problem: str) -> None:
    with pytest.raises(EditConflictError) as error:
        edit(folder, patch)
    assert problem in str(error.value)
    assert exported(folder) == SULT


def test_an_edit_that_no_longer_fits_is_refused_on_export(folder: Path) -> None:
    edit(folder, HUNGER)
    append(folder, "2025-01-02", with_fields((1, ("245", "10\x1faSULT"))))
    with pytest.raises(EditConflictError, match=r"^1: edit 1 does not fit the record: .*“SULT” and not “Sult”"):
        exported(folder)
    append(folder, "2025-01-03", with_fields((2, None)))
    assert field(exported(folder), "245") == ["10\x1faHunger\x1fcKnut Hamsun"]


def test_edits_of_one_record_come_after_each_other(folder: Path) -> None:
    edit(folder, HUNGER)
    assert (
        edit(
            folder,
            HUNGER | {"old": "Hunger", "new": "Faim"},
            {"action": "delete", "tag": "650", "occurrence": 2, "old": OSLO},
        )
        == 2
    )
    assert exported(folder) == with_fields((1, ("245", "10\x1faFaim\x1fcKnut Hamsun")), (3, None))


def test_all_edits_of_a_call_are_made_or_none(folder: Path) -> None:
    size = (folder / "nb" / "records.log").stat().st_size
    edits = [NewEdit("1", parse_patches([patch]), WHO) for patch in (HUNGER, HUNGER)]
    with pytest.raises(EditConflictError, match="edit 2"):
        add_edits(folder, "nb", edits)
    assert exported(folder) == SULT
    assert (folder / "nb" / "records.log").stat().st_size == size


def test_a_withdrawn_edit_is_not_applied_and_stays_in_the_history(folder: Path) -> None:
    number = edit(folder, HUNGER)
    why = EditProvenance("ola@nb.no", "2025-02-02T10:00:00Z", "feil")
    withdraw_edit(folder, "nb", number, why)
    assert exported(folder) == SULT
    (folder / "nb" / "index.sqlite").unlink()
    with open_records(folder, "nb") as store:
        assert store.edits(1) == [Edit(1, 1, parse_patches([HUNGER]), WHO, why)]
    assert exported(folder) == SULT
    with pytest.raises(DataError, match=r"edit 1 was withdrawn before, by ola@nb\.no: feil"):
        withdraw_edit(folder, "nb", number, why)
    with pytest.raises(DataError, match="there is no edit 7"):
        withdraw_edit(folder, "nb", 7, why)


def test_an_edit_counts_as_of_the_delivery_before_it(folder: Path) -> None:
    append(folder, "2025-01-02")
    edit(folder, HUNGER)
    append(folder, "2025-01-03", with_fields((3, None)))
    withdraw_edit(folder, "nb", 1, WHO)
    assert exported(folder, delivery=1) == SULT
    assert field(exported(folder, delivery=2), "245") == ["10\x1faHunger\x1fcKnut Hamsun"]
    assert exported(folder, delivery=3) == with_fields((3, None))


def test_edits_survive_a_lost_index(folder: Path) -> None:
    edit(folder, HUNGER)
    before = exported(folder)
    (folder / "nb" / "index.sqlite").unlink()
    assert exported(folder) == before != SULT


def test_an_edited_record_is_written_in_every_form(folder: Path) -> None:
    edit(folder, HUNGER)
    for form in Form:
        record = read_record(form, exported(folder, form))
        assert record.fields_with("245") == [MarcField("245", "10", [("a", "Hunger"), ("c", "Knut Hamsun")])]


def test_what_a_form_cannot_hold_is_refused_by_name(folder: Path) -> None:
    edit(folder, HUNGER | {"new": 9990 * "å"})
    with pytest.raises(UnwritableError, match=r"^1: field 245: ISO 2709 holds fields up to 9999 bytes"):
        exported(folder)
    assert b"\xc3\xa5" in exported(folder, Form.MARCXML)


def test_a_deleted_or_unknown_record_is_not_edited(folder: Path) -> None:
    append(folder, "2025-01-02", SULT.replace(b"nam", b"dam"))
    with deliver(folder, "nb", "2025-01-03") as delivery:
        delivery.delete(names(SULT))
    with pytest.raises(EditConflictError, match="the record is deleted"):
        edit(folder, HUNGER)
    with pytest.raises(DataError, match="no record is called '9'"):
        add_edits(folder, "nb", [NewEdit("9", parse_patches([HUNGER]), WHO)])


@pytest.mark.parametrize(
    "patches",
    [
        None,
        [],
        ["x"],
        [{}],
        [HUNGER | {"action": "mend"}],
        [HUNGER | {"colour": "red"}],
        [{"action": "replace", "tag": "245", "code": "a", "new": "Hunger"}],
        [{"action": "replace", "tag": "245", "code": "a", "old": "Sult"}],
        [{"action": "delete", "tag": "245", "code": "a", "old": "Sult", "new": "Pan"}],
        [{"action": "add", "tag": "650", "old": OSLO, "new": OSLO}],
        [{"action": "add", "tag": "650", "code": "a", "new": "Oslo"}],
        [{"action": "replace", "tag": "245", "code": "a", "old": OSLO, "new": "Oslo"}],
        [{"action": "replace", "tag": "650", "old": {"subfields": []}, "new": OSLO}],
        [{"action": "replace", "tag": "650", "old": OSLO, "new": 7}],
    ],
)
def test_what_is_no_patch_is_refused(patches: Any) -> None:
    with pytest.raises(DataError):
        parse_patches(patches)


@pytest.mark.parametrize("members", [{}, {"who": "a", "when": "2025-01-01"}, {"who": "a", "when": "now", "why": "b"}])
def test_an_edit_without_provenance_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(DataError):
        parse_provenance(members)
