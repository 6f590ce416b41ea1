"""Entry to the store of records: what is verified, what is stored, and what the source is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from nbkg.records.store.record_store import open_records

LEADER, FIXED = "00000nam a2200000 i 4500", "251014s2015    no            000 1 nob d"
Fields = Sequence[tuple[str, str]]
SULT: Fields = (
    ("020", "a9788205278165"),
    ("100", "aHamsun, Knut|0(NO-TrBIB)90052521|4aut"),
    ("245", "aSult"),
    ("264", "aOslo :|bGyldendal,|c2015"),
    ("300", "a211 s."),
)


def _record(number: str, fields: Fields = SULT, agency: str = "", leader: str = LEADER) -> str:
    controls = {"001": number, "003": agency, "008": FIXED}
    texts = [f'<controlfield tag="{tag}">{text}</controlfield>' for tag, text in controls.items() if text]
    for tag, content in fields:
        parts = "".join(f'<subfield code="{part[0]}">{part[1:]}</subfield>' for part in content.split("|"))
        texts.append(f'<datafield tag="{tag}" ind1=" " ind2="1">{parts}</datafield>')
    return f"<record><leader>{leader}</leader>{''.join(texts)}</record>"


class Well:
    """A store of records, and the command that takes records in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.records, self.returned = folder, folder / "records", folder / "back.xml"
        self.exit_code, self._day = 0, 1

    def enter(self, source: str, *records: str, profile: str = "alma") -> list[dict[str, Any]]:
        """Return the answers for records."""
        content = f'<collection xmlns="http://www.loc.gov/MARC21/slim">{"".join(records)}</collection>'
        (self.folder / "in.xml").write_text(content, encoding="utf-8")
        return self.enter_file(source, self.folder / "in.xml", profile)

    def enter_file(self, source: str, file: Path, profile: str = "alma") -> list[dict[str, Any]]:
        """Return the answers for the records of a file."""
        self._day += 1
        options = ["--records", str(self.records), "--delivered", f"2026-01-{self._day:02}", "--profile", profile]
        call = ["marc", "ingest", source, str(file), *options, "--returned", str(self.returned)]
        run = CliRunner().invoke(nbkg, call)
        self.exit_code = run.exit_code
        return [json.loads(line) for line in run.stdout.splitlines()]

    def stored(self, source: str) -> list[bytes]:
        """Return the bytes of the records of a source."""
        with open_records(self.records, source) as store:
            return [record.raw for record in store.iter_records()]


@pytest.fixture
def well(tmp_path: Path) -> Well:
    return Well(tmp_path)


def test_a_good_record_is_accepted_with_an_id_that_goes_back(well: Well) -> None:
    (answer,) = well.enter("a", _record("1"))
    assert (answer["status"], answer["id"], answer["outcome"], well.exit_code) == ("accepted", "(nbkg)a-1", "new", 0)
    assert answer["headings"] == {"count": 1, "withNumber": 1}
    assert "(nbkg)a-1" in well.returned.read_text(encoding="utf-8")


def test_the_id_is_carried_along_in_later_versions(well: Well) -> None:
    well.enter("a", _record("1"))
    changed = [*SULT, ("500", "aNy merknad")]
    (answer,) = well.enter("a", _record("1", changed))
    assert (answer["status"], answer["id"], answer["outcome"]) == ("accepted", "(nbkg)a-1", "changed")
    text = well.returned.read_text(encoding="utf-8")
    assert (text.count("(nbkg)a-1"), "Ny merknad" in text) == (1, True)


def test_a_record_that_comes_back_with_its_id_has_it_once(well: Well) -> None:
    well.enter("a", _record("1"))
    (answer,) = well.enter_file("a", well.returned)
    assert (answer["status"], answer["id"]) == ("accepted", "(nbkg)a-1")
    assert well.returned.read_text(encoding="utf-8").count("(nbkg)a-1") == 1


def test_a_record_that_is_there_already_is_a_duplicate_with_reasons(well: Well) -> None:
    well.enter("a", _record("1", agency="NO-A"))
    by_number = _record("7", [("035", "a(NO-A)1"), *SULT[1:]])
    by_isbn = _record("8", [("020", "a82-05-27816-4"), ("245", "aSULT /")])
    other = _record("9", [("020", "a9788205278165"), ("245", "aPan"), *SULT[3:]])
    answers = well.enter("b", by_number, by_isbn, other)
    assert [answer["status"] for answer in answers] == ["duplicate", "duplicate", "accepted"]
    assert answers[0]["candidates"][0]["id"] == "(nbkg)a-1"
    assert answers[0]["candidates"][0]["reasons"] == ["number (NO-A)1"]
    assert answers[1]["candidates"][0]["reasons"] == ["ISBN 9788205278165 and the same title"]
    assert (well.exit_code, len(well.stored("b"))) == (1, 1)


def test_volumes_with_the_isbn_of_their_set_are_no_duplicates(well: Well) -> None:
    volumes = [_record(number, [SULT[0], ("245", f"aVerk|n{number}"), *SULT[3:]]) for number in "12"]
    assert [answer["status"] for answer in well.enter("a", *volumes)] == ["accepted", "accepted"]


def test_the_id_of_another_source_leads_to_its_record(well: Well) -> None:
    well.enter("a", _record("1"))
    (answer,) = well.enter("b", _record("5", [("035", "a(nbkg)a-1"), ("245", "aEin annan tittel")]))
    assert (answer["status"], answer["candidates"][0]["id"]) == ("duplicate", "(nbkg)a-1")


def test_the_same_record_twice_in_a_delivery_enters_once(well: Well) -> None:
    answers = well.enter("a", _record("1"), _record("2"), _record("1", SULT[1:]))
    assert [answer["status"] for answer in answers] == ["accepted", "duplicate", "duplicate"]
    assert "id" not in answers[1]["candidates"][0]
    assert len(well.stored("a")) == 1


def test_a_record_without_a_title_is_refused_in_three_languages(well: Well) -> None:
    (answer,) = well.enter("a", _record("1", SULT[3:]))
    errors = [remark for remark in answer["remarks"] if remark["severity"] == "Violation"]
    assert answer["status"] == "refused"
    assert any("245" in remark["message"]["nn"] for remark in errors)
    assert all(set(remark["message"]) == {"nb", "nn", "en"} for remark in answer["remarks"])
    assert not well.records.exists()


def test_missing_authority_numbers_are_remarked_and_no_reason_to_refuse(well: Well) -> None:
    (answer,) = well.enter("a", _record("1", [("100", "aVik, Tor|4aut"), *SULT[2:]]))
    assert answer["status"] == "accepted"
    assert answer["headings"] == {"count": 1, "withNumber": 0}
    assert any(remark["rule"].endswith("bib-agent-number") for remark in answer["remarks"])


def test_data_about_copies_is_stripped_and_the_answer_says_so(well: Well) -> None:
    (answer,) = well.enter("a", _record("1", [*SULT, ("876", "pX100"), ("876", "pX101")]))
    assert answer["stripped"] == ["876", "876"]
    assert b"X100" not in b"".join(well.stored("a"))
    assert b"X100" not in well.returned.read_bytes()


def test_a_record_with_a_birth_number_is_refused_and_named_by_its_number_only(well: Well) -> None:
    answers = well.enter("a", _record("1", [*SULT, ("500", "aInnlevert av 01010750160")]), _record("2"))
    assert [answer["status"] for answer in answers] == ["refused", "accepted"]
    assert "record 1 holds a birth number" in answers[0]["remarks"][0]["message"]["en"]
    assert "50160" not in json.dumps(answers)


def test_a_record_that_says_it_is_deleted_is_refused(well: Well) -> None:
    (answer,) = well.enter("a", _record("1", leader="00000dam a2200000 i 4500"))
    assert (answer["status"], "leader/05" in answer["remarks"][0]["message"]["nb"]) == ("refused", True)


def test_an_edit_of_a_person_stays_when_the_record_enters_again(well: Well, tmp_path: Path) -> None:
    well.enter("a", _record("1"))
    patch = {"action": "replace", "tag": "245", "code": "a", "old": "Sult", "new": "Svolt"}
    edit = {"record": "1", "who": "kari@nb.no", "when": "2026-01-20", "why": "rettet", "patches": [patch]}
    (tmp_path / "edits.jsonl").write_text(json.dumps(edit), encoding="utf-8")
    call = ["marc", "edit", "a", str(tmp_path / "edits.jsonl"), "--records", str(well.records)]
    assert CliRunner().invoke(nbkg, call).exit_code == 0
    well.enter("a", _record("1", [*SULT, ("500", "aNy merknad")]))
    text = well.returned.read_text(encoding="utf-8")
    assert (">Svolt<" in text, "Ny merknad" in text, text.count("(nbkg)a-1")) == (True, True, 1)
