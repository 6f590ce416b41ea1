"""Real MARC files, from where NBKG_SHARED says: as many records as pymarc counts, with the same fields."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pymarc
import pytest

from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from nbkg.errors import DataError
from nbkg.records.form import Form
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord
from tests.marc_oracle import flat, flat_pymarc

DATA = Path(os.environ.get("NBKG_SHARED", "/nowhere")) / "data"
MARC = re.compile(r"\.(mrc|marc|dat|xml|marcxml|json)\Z")
NO_RECORDS = re.compile(r"\.rdf\.xml|sru_holdings|zero_hits|bad_xml|resources__bare|createAuthority")
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="NBKG_SHARED does not name a folder with data")
COUNTS = {
    "bibframe_pairs_generated": (547, 0),
    "bibframe_pairs_loc": (43, 0),
    "intl_evergreen": (2940, 0),
    "intl_faults_pymarc": (68, 10),
    "intl_loc_sample10k": (10298, 0),
    "intl_same_works": (3210, 2),
    "no_bare_authority": (495, 0),
    "no_bare_sru_json": (1, 0),
    "no_bibsys_lrmdata": (1688, 0),
    "no_normarc_deichman": (202, 0),
    "no_oai_alma": (99, 0),
    "no_sru_alma": (10, 2),
    "no_vocab_mrtermer": (1320, 0),
}
"""Of each folder: the records that are read, and the damaged ones. Together they are what pymarc counts, or more."""
DAMAGED = {
    "test__1251.dat": "no meaning in MARC-8",
    "test__bad_eacc_encoding.dat": "three bytes is cut",
    "test__bad_records.mrc": "directory has 13 bytes|no fields",
    "mrc__christie.snl.marple.xml": "line 745: .* in a comment",
    "mrc__chronopolis.libris.mrc": "0xF6 at the end",
    "resources__SRU_response_top_truncated.xml": "line 84",
    "resources__SRU_response_truncated.xml": "line 58",
}
"""Of each file with damaged records, why they are."""


@cache
def _files(folder: str) -> list[Path]:
    return [
        file
        for file in sorted((DATA / folder).iterdir())
        if MARC.search(file.name) and not NO_RECORDS.search(file.name)
    ]


@pytest.mark.parametrize("folder", COUNTS)
def test_no_record_is_lost(folder: str) -> None:
    counts = Counter[str]()
    for file in _files(folder):
        with pytest.raises(DataError) if "top_truncated" in file.name else nullcontext():
            for delivery in read_marc_file(file):
                counts[type(delivery).__name__] += 1
                if isinstance(delivery, DamagedRecord):
                    assert re.search(DAMAGED[file.name], delivery.reason)
    assert (counts["DeliveredRecord"], counts["DamagedRecord"]) == COUNTS[folder]
    declared = re.search(r'"ok": (\d+)', (DATA / folder / "PROVENANCE.txt").read_text(encoding="utf-8"))
    assert declared
    assert sum(COUNTS[folder]) >= int(declared.group(1))


@pytest.mark.parametrize(
    "name",
    [
        "intl_loc_sample10k/lc_norwegian_dev.mrc",
        "no_bibsys_lrmdata/mrc__mccarthy.bibsys.mrc",
        "intl_evergreen/datasets__hebrew.marc",
        "intl_evergreen/datasets__lul_fre_100.mrc",
        "no_normarc_deichman/spec__example.binary.normarc.mrc",
    ],
)
def test_fields_are_those_that_pymarc_reads(name: str) -> None:
    """Where a record says MARC-8 and is UTF-8, pymarc is told so; where characters are cut, both differ rightly."""
    differing = []
    for delivery in read_marc_file(DATA / name):
        assert isinstance(delivery, DeliveredRecord)
        codes = {oddity.code for oddity in delivery.record.oddities}
        is_utf8 = "leader-09" in codes
        theirs = pymarc.Record(
            delivery.raw, to_unicode=True, force_utf8=is_utf8, utf8_handling="replace", hide_utf8_warnings=True
        )
        if flat(delivery.record) != flat_pymarc(theirs):
            differing.append((delivery.offset, codes))
    assert [codes for _offset, codes in differing if "control-character" not in codes] == []
    assert len(differing) <= 1


def test_utf_8_records_in_order_are_written_byte_for_byte() -> None:
    for delivery in read_marc_file(DATA / "intl_loc_sample10k" / "lc_norwegian_dev.mrc"):
        assert isinstance(delivery, DeliveredRecord)
        assert delivery.form is Form.ISO2709
        assert write_record(delivery.record) == delivery.raw
