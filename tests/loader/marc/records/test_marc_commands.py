"""`nbkg marc import`, `export`, `edit` and `history`, as a user calls them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from loader.cli import nbkg
from nbkg.errors import NbkgError
from tests.nbkg.records.store.marc_samples import SAMPLE, SHARED, book, cut, iso2709

KRISTIN, VICTORIA = book("1", "Kristin Lavransdatter"), book("2", "Viktoria")
LONG = "".join(
    f'<datafield tag="500" ind1=" " ind2=" "><subfield code="a">{"å" * 4900}</subfield></datafield>' for _ in range(11)
)
XML = f"""<collection xmlns="http://www.loc.gov/MARC21/slim">
<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">3</controlfield>{LONG}</record>
<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">4</controlfield>
  <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Pan</subfield></datafield></record>
</collection>"""
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
<record><header{status}><identifier>oai:x:5</identifier><datestamp>2025-01-0{day}</datestamp></header>{metadata}</record>
</ListRecords></OAI-PMH>"""
METADATA = """<metadata><record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>
<controlfield tag="001">5</controlfield></record></metadata>"""


class Shell:
    """Calls `nbkg marc …` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: bytes) -> str:
        (self.folder / name).write_bytes(content)
        return str(self.folder / name)

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(nbkg, ["marc", *words, "--records", str(self.folder / "records")])

    def good(self, *words: str) -> str:
        result = self.run(*words)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    def bad(self, *words: str) -> tuple[NbkgError, str]:
        result = self.run(*words)
        assert isinstance(result.exception, NbkgError), (result.output, result.exception)
        return result.exception, result.output

    def deliver(self, day: str, *records: bytes) -> str:
        return self.good("import", "nb", self.write(f"{day}.mrc", b"".join(records)), "--delivered", day)

    def export(self, *words: str) -> bytes:
        self.good("export", "nb", "-o", str(self.folder / "out"), *words)
        return (self.folder / "out").read_bytes()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_what_is_imported_is_exported_byte_for_byte(shell: Shell) -> None:
    output = shell.deliver("2025-01-01", KRISTIN, VICTORIA)
    assert output == "delivery 1: 2 new, 0 changed, 0 unchanged, 0 deleted\n"
    assert shell.export() == KRISTIN + VICTORIA


def test_an_earlier_delivery_is_exported_by_its_number_or_a_date(shell: Shell) -> None:
    shell.deliver("2025-01-01", KRISTIN)
    shell.deliver("2025-02-01", book("1", "Kransen"), VICTORIA)
    assert shell.export("--as-of", "1") == shell.export("--as-of", "2025-01-31") == KRISTIN
    error, _output = shell.bad("export", "nb", "-o", str(shell.folder / "x"), "--as-of", "2024-01-01")
    assert "no delivery 2024-01-01; the newest are: 1 (2025-01-01), 2 (2025-02-01)" in str(error)
    assert not (shell.folder / "x").exists()


def test_several_files_compressed_or_not_are_one_delivery(shell: Shell) -> None:
    files = [shell.write("a.mrc.gz", gzip.compress(KRISTIN)), shell.write("b.mrc", VICTORIA)]
    assert "2 new" in shell.good("import", "nb", *files, "--delivered", "2025-01-01")


def test_a_complete_delivery_deletes_what_it_lacks(shell: Shell) -> None:
    shell.deliver("2025-01-01", KRISTIN, VICTORIA)
    file = shell.write("all.mrc", VICTORIA)
    assert "1 unchanged, 1 deleted" in shell.good("import", "nb", file, "--delivered", "2025-01-02", "--complete")
    assert shell.export() == VICTORIA


def test_a_damaged_record_is_named_and_the_others_are_imported(shell: Shell) -> None:
    damaged = KRISTIN[:24] + b"x" + KRISTIN[24:]
    file = shell.write("a.mrc", VICTORIA + damaged + book("9", "Pan"))
    aside = shell.folder / "aside"
    error, output = shell.bad("import", "nb", file, "--delivered", "2025-01-01", "--quarantine", str(aside))
    assert (error.exit_code, str(error)) == (1, "1 damaged records were not imported")
    assert (aside / "quarantine.mrc").read_bytes() == damaged
    assert f"{file}: byte {len(VICTORIA)}: " in output
    assert shell.export() == VICTORIA + book("9", "Pan")
    error, _output = shell.bad("import", "nb", file, "--delivered", "2025-01-02", "--complete")
    assert "which would be deleted" in str(error)
    assert shell.export("--as-of", "2025-12-31") == VICTORIA + book("9", "Pan")


def test_after_an_error_nothing_of_the_delivery_is_stored(shell: Shell) -> None:
    good, bad = shell.write("a.mrc", KRISTIN), shell.write("b.mrc", b"<html/>")
    error, _output = shell.bad("import", "nb", good, bad, "--delivered", "2025-01-01")
    assert "b.mrc" in str(error)
    error, _output = shell.bad("export", "nb", "-o", str(shell.folder / "out"), "--as-of", "1")
    assert "no delivery 1; the newest are: none" in str(error)


def test_a_deletion_by_oai_header_deletes(shell: Shell) -> None:
    first = shell.write("1.xml", OAI.format(status="", day=1, metadata=METADATA).encode())
    second = shell.write("2.xml", OAI.format(status=' status="deleted"', day=2, metadata="").encode())
    assert "1 new" in shell.good("import", "nb", first, "--delivered", "2025-01-01")
    assert "1 deleted" in shell.good("import", "nb", second, "--delivered", "2025-01-02")
    assert shell.export() == b""
    assert "version 2, delivery 2 of 2025-01-02: deleted" in shell.good("history", "nb", "5")


def test_what_iso_2709_cannot_hold_is_named_and_offered_as_marcxml(shell: Shell) -> None:
    shell.good("import", "nb", shell.write("a.xml", XML.encode()), "--delivered", "2025-01-01")
    out, rest = shell.folder / "out.mrc", shell.folder / "rest.xml"
    error, output = shell.bad("export", "nb", "-o", str(out), "--rest", str(rest))
    assert "3: ISO 2709 holds records up to 99999 bytes and this has " in output
    assert str(error) == f"1 records are not in {out}"
    assert f"1 records → {rest}" in output
    assert [record[-6:] for record in cut(out)] == [b"aPan\x1e\x1d"]
    numbers = ET.parse(rest).getroot().findall(".//{*}controlfield")  # noqa: S314  # a file of ours
    assert [number.text for number in numbers] == ["3"]


def test_marcxml_is_exported_as_it_came(shell: Shell) -> None:
    shell.good("import", "nb", shell.write("a.xml", XML.encode()), "--delivered", "2025-01-01")
    shell.deliver("2025-01-02", KRISTIN)
    exported = shell.export("--form", "marcxml").decode()
    for inner in re.findall(r"<record>(.*?)</record>", XML, re.DOTALL):
        assert inner in exported
    assert len(ET.fromstring(exported).findall("{http://www.loc.gov/MARC21/slim}record")) == 3  # noqa: S314
    again = shell.write("again.xml", exported.encode())
    assert "0 new, 1 changed, 2 unchanged" in shell.good("import", "nb", again, "--delivered", "2025-01-03")


def edit(shell: Shell, **members: object) -> str:
    patch = {"action": "replace", "tag": "245", "code": "a", "old": "Viktoria", "new": "Victoria"}
    line = {
        "record": "2",
        "who": "kari@nb.no",
        "when": "2025-02-01",
        "why": "skrivefeil",
        "patches": [patch],
        **members,
    }
    return shell.write("edits.jsonl", json.dumps(line).encode())


def test_an_edit_is_applied_shown_and_withdrawn(shell: Shell) -> None:
    shell.deliver("2025-01-01", KRISTIN, VICTORIA)
    assert shell.good("edit", "nb", edit(shell)) == "1 edits added: 1\n"
    assert shell.export() == KRISTIN + book("2", "Victoria")
    history = shell.good("history", "nb", "2")
    assert "edit 1, as of delivery 1, by kari@nb.no at 2025-02-01: skrivefeil" in history
    assert "  replace 245[1]$a: - Viktoria  + Victoria" in history
    withdrawn = ("--who", "ola@nb.no", "--when", "2025-02-02", "--why", "var rett")
    shell.good("edit", "nb", "--withdraw", "1", *withdrawn)
    assert shell.export() == KRISTIN + VICTORIA
    assert "  withdrawn by ola@nb.no at 2025-02-02: var rett" in shell.good("history", "nb", "2")


def test_an_edit_whose_record_changed_is_refused_and_the_rest_goes_on(shell: Shell) -> None:
    shell.deliver("2025-01-01", KRISTIN, VICTORIA)
    shell.good("edit", "nb", edit(shell))
    shell.deliver("2025-01-02", book("2", "VIKTORIA"))
    error, output = shell.bad("export", "nb", "-o", str(shell.folder / "out"))
    problem = "edit 1 does not fit the record: replace 245[1]$a: the subfield is “VIKTORIA” and not “Viktoria”"
    assert f"2: {problem}" in output
    assert (error.exit_code, (shell.folder / "out").read_bytes()) == (1, KRISTIN)
    history = shell.good("history", "nb", "2").splitlines()
    assert history[-1] == f"not applied: {problem}"
    assert history[3:5] == ["  - 245 10$aViktoria", "  + 245 10$aVIKTORIA"]


def test_an_edit_that_cannot_be_read_is_named_with_its_line(shell: Shell) -> None:
    shell.deliver("2025-01-01", KRISTIN, VICTORIA)
    for content, problem in {
        b"{}": "an edit is an object with",
        b"\n[": "it is not JSON",
        b"\xff": "it is not UTF-8",
    }.items():
        error, _output = shell.bad("edit", "nb", shell.write("edits.jsonl", content))
        assert problem in str(error)
        assert "edits.jsonl" in str(error)
    error, _output = shell.bad("edit", "nb", edit(shell, when="yesterday"))
    assert "edits.jsonl:1: “when”: 'yesterday' is not a date" in str(error)
    assert shell.run("edit", "nb").exit_code == 2
    assert shell.run("edit", "nb", "--withdraw", "1").exit_code != 0


def test_a_name_of_several_records_is_refused(shell: Shell) -> None:
    records = [iso2709(("001", "7"), ("003", agency)) for agency in ("A", "B")]
    shell.deliver("2025-01-01", *records)
    error, _output = shell.bad("history", "nb", "7")
    assert str(error) == "several records are called '7': (A)7, (B)7"
    assert shell.good("history", "nb", "(B)7").startswith("(B)7\n")


@pytest.mark.skipif(not SAMPLE, reason="the data of MARC files is not at NBKG_SHARED")
@pytest.mark.parametrize(
    "name",
    [
        "intl_loc_sample10k/lc_norwegian_dev.mrc",
        "no_bibsys_lrmdata/mrc__Twain.bibsys.mrc",
        "no_normarc_deichman/spec__example.binary.normarc.mrc",
        "intl_evergreen/datasets__lul_fre_100.mrc",
        "intl_evergreen/datasets__auth-subset100.mrc",
    ],
)
def test_real_files_come_back_byte_for_byte(shell: Shell, name: str) -> None:
    file = SHARED / "data" / name
    shell.good("import", "real", str(file), "--delivered", "2025-01-01")
    shell.good("export", "real", "-o", str(shell.folder / "out"))
    delivered = cut(file)
    assert cut(shell.folder / "out") == list(dict.fromkeys(delivered))


@pytest.mark.skipif(not SAMPLE, reason="the sample of the Library of Congress is not at NBKG_SHARED")
def test_the_sample_takes_at_most_350_bytes_a_record(shell: Shell) -> None:
    shell.good("import", "loc", *map(str, SAMPLE), "--delivered", "2025-01-01")
    shell.good("import", "loc", *map(str, SAMPLE), "--delivered", "2025-01-02")
    size = sum(file.stat().st_size for file in (shell.folder / "records").rglob("*"))
    assert size / 10_286 <= 350
    shell.good("export", "loc", "-o", str(shell.folder / "out"))
    assert (shell.folder / "out").read_bytes() == b"".join(dict.fromkeys(r for file in SAMPLE for r in cut(file)))
