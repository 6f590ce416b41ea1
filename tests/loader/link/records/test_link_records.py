"""`nbkg link records`: files come back as they were but for the links, and persons' answers are obeyed."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import sssom_pydantic
from click.testing import CliRunner

from loader.cli import nbkg
from loader.link.mapping_file import SemanticMapping, read_mapping_set
from nbkg.decisions.decision_journal import append_decisions
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.errors import NbkgError
from nbkg.records.codecs import read_record, write_record
from nbkg.records.form import Form
from nbkg.records.record import MarcField, MarcRecord

AGENT = "https://w3id.org/nbkg/id/agent/noraf-"
NES, DAHL = f"{AGENT}90000001", f"{AGENT}90000008"
RECORD = MarcRecord(
    "00000nam a2200000 i 4500",
    [
        MarcField("001", data="1"),
        MarcField("100", "1 ", [("a", "Nes, Arne,"), ("d", "1950-2020."), ("0", "(NO-TrBIB)90000001")]),
        MarcField("245", "10", [("a", "Dahl, Eva")]),
        MarcField("600", "14", [("a", "Dahl, Eva")]),
        MarcField("700", "1 ", [("a", "Dahl, Eva"), ("t", "Dikt")]),
        MarcField("700", "1 ", [("a", "Vik, Tor")]),
        MarcField("710", "2 ", [("a", "Fjordby bibliotek"), ("1", "https://example.org/theirs")]),
    ],
)
ADDED = {1: [("1", NES)], 3: [("0", "(NO-TrBIB)90000008"), ("1", DAHL)]}


@dataclass(frozen=True)
class Call:
    exit_code: int
    output: str


def _run(store: Path, file: Path, *options: str) -> Call:
    result = CliRunner().invoke(nbkg, ["link", "records", str(file), str(store), *options])
    if isinstance(result.exception, NbkgError):
        return Call(result.exception.exit_code, str(result.exception))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Call(result.exit_code, result.output)


def _marc(form: Form) -> bytes:
    raw = write_record(form, RECORD)
    if form is Form.MARCXML:
        inner = (
            raw.replace(b' xmlns="http://www.loc.gov/MARC21/slim"', b"").replace(b"<", b"<m:").replace(b"<m:/", b"</m:")
        )
        return (
            b'<?xml version="1.0"?>\r\n<m:collection xmlns:m="http://www.loc.gov/MARC21/slim">'
            + inner * 2
            + b"</m:collection>\n"
        )
    between = {Form.ISO2709: b"\r\n", Form.MARC_JSON: b",\n"}[form]
    return raw + between + raw if form is Form.ISO2709 else b"[" + raw + between + raw + b"]\n"


@pytest.mark.parametrize(
    ("form", "name"), [(Form.ISO2709, "a.mrc"), (Form.MARCXML, "a.xml"), (Form.MARC_JSON, "a.json")]
)
def test_marc_comes_back_with_subfields_and_is_the_same_besides(
    register_store: Path, tmp_path: Path, form: Form, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(_marc(form))
    result = _run(register_store, file, "--type", "agent", "--report", str(tmp_path / "r.json"))
    assert result.exit_code == 0, result.output
    linked = (tmp_path / name.replace(".", ".linked.")).read_bytes()
    assert _without_additions(form, linked) == _without_additions(form, file.read_bytes())
    assert linked.count(NES.encode()) == linked.count(DAHL.encode()) == 2
    if form is Form.ISO2709:
        fields = read_record(form, linked[: int(linked[:5])]).fields
        expected = [[*one.subfields, *ADDED.get(place, ())] for place, one in enumerate(RECORD.fields)]
        assert [[*one.subfields] for one in fields] == expected
    outcomes = {
        (one["outcome"], one["rule"]): one["number"]
        for one in json.loads((tmp_path / "r.json").read_text())["outcomes"]
    }
    assert outcomes == {
        ("linked", "identifier"): 2,
        ("linked", "exact-heading"): 2,
        ("proposed", "similar-heading"): 2,
        ("already-linked", None): 2,
    }


def _without_additions(form: Form, content: bytes) -> bytes:
    for code, value in (("0", "(NO-TrBIB)90000008"), ("1", NES), ("1", DAHL)):
        added = {
            Form.ISO2709: f"\x1f{code}{re.escape(value)}",
            Form.MARCXML: rf'\s*<m:subfield code="{code}">{re.escape(value)}</m:subfield>',
            Form.MARC_JSON: re.escape("," + json.dumps({code: value})),
        }[form]
        content = re.sub(added.encode(), b"", content)
    return re.sub(rb"(?m)^\d{5}(?=nam)|(?<=4500)\d+\x1e", b"", content) if form is Form.ISO2709 else content


def test_a_damaged_record_stays_where_it_is_and_goes_to_the_quarantine(register_store: Path, tmp_path: Path) -> None:
    file, raw = tmp_path / "a.mrc", write_record(Form.ISO2709, RECORD)
    file.write_bytes(raw + b"\xff" * 40 + b"\x1d" + raw)
    result = _run(register_store, file, "--type", "agent", "--quarantine", str(tmp_path / "q"))
    assert result.exit_code == 1
    assert "1  damaged" in re.sub(" +", " ", result.output).replace(" damaged", "  damaged")
    linked = (tmp_path / "a.linked.mrc").read_bytes()
    assert b"\xff" * 40 + b"\x1d" in linked
    assert linked.count(DAHL.encode()) == 2
    assert (tmp_path / "q" / "quarantine.mrc").read_bytes().startswith(b"\xff" * 40)


def test_a_second_run_adds_nothing(register_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.mrc"
    file.write_bytes(_marc(Form.ISO2709))
    _run(register_store, file, "--type", "agent")
    linked = tmp_path / "a.linked.mrc"
    _run(register_store, linked, "--type", "agent", "--out", str(tmp_path / "again.mrc"))
    assert (tmp_path / "again.mrc").read_bytes() == linked.read_bytes()


TABLE = (
    'nr;navn;id;født;nbkg_iri\n1;Nes, Arne;90000001;1950;\n2;"Vik, Tor";;1960;\n3;Dahl, Eva;;;filled\n4;Vik, Tor;;;\n'
)


def test_a_table_keeps_its_columns_and_its_filled_cells(register_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "personer.csv"
    file.write_text(TABLE + "5;too;many;cells;in;this;row\n", encoding="utf-8-sig")
    result = _run(
        register_store, file, "--type", "agent", "--id", "id", "--key", "nr", "--first", "født", "--to", "csv"
    )
    assert result.exit_code == 1, result.output
    rows = [*csv.reader(io.StringIO((tmp_path / "personer.linked.csv").read_text()), delimiter=";")]
    assert rows[0][:6] == ["nr", "navn", "id", "født", "nbkg_iri", "nbkg_name"]
    assert [row[:4] for row in rows[1:5]] == [row.split(";")[:4] for row in TABLE.replace('"', "").split("\n")[1:5]]
    assert [row[4] for row in rows[1:5]] == [NES, f"{AGENT}90000007", "filled", ""]
    assert [row[-1] for row in rows[1:5]] == ["linked", "linked", "already-linked", "proposed"]
    assert rows[5][:7] == ["5", "too", "many", "cells", "in", "this", "row"]


def test_links_become_mappings_that_others_read(register_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "personer.ttl"
    file.write_text(
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        '<https://example.org/p/1> a foaf:Person ; foaf:name "Dahl, Eva" .\n'
        '<https://example.org/p/2> owl:sameAs <http://viaf.org/viaf/99900099> ; foaf:name "Arne Nes" .\n'
        '<https://example.org/p/3> foaf:name "Hansen, Per" .\n'
        '<https://example.org/book> a <https://example.org/Book> ; foaf:name "Dahl, Eva" .\n',
        encoding="utf-8",
    )
    result = _run(register_store, file, "--type", "agent")
    assert result.exit_code == 0, result.output
    out = tmp_path / "personer.linked.sssom.tsv"
    with out.open("rb") as stream:
        rows = [*read_mapping_set(stream, out.name).rows]
    mappings = [row for row in rows if isinstance(row, SemanticMapping)]
    assert rows == mappings
    assert [(one.subject, one.target) for one in mappings] == [
        ("https://example.org/p/1", DAHL),
        ("https://example.org/p/2", NES),
    ]
    assert len(sssom_pydantic.read(out).mappings) == 2


def test_a_file_without_headings_says_so(register_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text('<https://example.org/p/1> <https://example.org/named> "Dahl, Eva" .\n')
    result = _run(register_store, file, "--type", "agent")
    assert result.exit_code == 0
    assert "has no heading of the type agent" in result.output


def test_proposals_are_answered_and_obeyed(register_store: Path, tmp_path: Path) -> None:
    file, proposals = tmp_path / "a.csv", tmp_path / "a.proposals.tsv"
    file.write_text('navn,id\n"Vik, Tor",\n"Dahl, Eva",\n', encoding="utf-8")
    _run(register_store, file, "--type", "agent")
    rows = _read_tsv(proposals)
    assert [row["other"] for row in rows] == [f"{AGENT}90000006", f"{AGENT}90000007"]
    _answer(proposals, {f"{AGENT}90000006": "nei", f"{AGENT}90000007": "ja"})
    result = _run(register_store, file, "--type", "agent", "--decisions", str(proposals), "--to", "sssom")
    assert result.exit_code == 0, result.output
    out = (tmp_path / "a.linked.sssom.tsv").read_text()
    (refused, linked) = list(csv.DictReader(out.splitlines()[_head(out) :], delimiter="\t"))[:2]
    assert (refused["predicate_modifier"], refused["author_label"]) == ("Not", "Kari")
    assert (linked["mapping_justification"], linked["mapping_date"]) == ("semapv:ManualMappingCuration", "2026-11-30")
    assert {row["other"]: row["decision"] for row in _read_tsv(proposals)} == {
        f"{AGENT}90000006": "no",
        f"{AGENT}90000007": "yes",
    }, "the answers stay in the file"


def test_answers_that_were_not_read_are_not_replaced(register_store: Path, tmp_path: Path) -> None:
    file, proposals = tmp_path / "a.csv", tmp_path / "a.proposals.tsv"
    file.write_text('navn\n"Vik, Tor"\n', encoding="utf-8")
    _run(register_store, file, "--type", "agent")
    _answer(proposals, {f"{AGENT}90000006": "no"})
    before = proposals.read_bytes()
    result = _run(register_store, file, "--type", "agent")
    assert (result.exit_code, proposals.read_bytes()) == (2, before)
    assert "persons have answered in it" in result.output


def test_answers_of_another_catalogue_are_told(register_store: Path, tmp_path: Path) -> None:
    file, proposals = tmp_path / "a.csv", tmp_path / "a.proposals.tsv"
    file.write_text('navn\n"Vik, Tor"\n', encoding="utf-8")
    _run(register_store, file, "--type", "agent")
    _answer(proposals, {f"{AGENT}90000006": "no"})
    moved = file.rename(tmp_path / "b.csv")
    options = ("--type", "agent", "--decisions", str(proposals))
    assert "no answer is on a heading of “b”" in _run(register_store, moved, *options).output
    assert "no answer" not in _run(register_store, moved, *options, "--source", "a").output


def test_answers_on_pages_are_obeyed_and_those_on_other_catalogues_stay_there(
    register_store: Path, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(register_store, tmp_path / "store", symlinks=True))
    person = Person("Kari", "2026-11-30")
    keys = ("a/1", "other/1")
    append_decisions(store, [Decision(DecisionKind.LINK, (key, DAHL), Answer.REFUSED, person=person) for key in keys])
    file = tmp_path / "a.csv"
    file.write_text('nr,navn\n1,"Dahl, Eva"\n2,"Dahl, Eva"\n', encoding="utf-8")
    result = _run(store, file, "--type", "agent", "--key", "nr", "--to", "sssom")
    assert result.exit_code == 0, result.output
    out = (tmp_path / "a.linked.sssom.tsv").read_text()
    rows = [*csv.DictReader(out.splitlines()[_head(out) :], delimiter="\t")]
    assert [(row["subject_id"], row["predicate_modifier"]) for row in rows] == [("record:1", "Not"), ("record:2", "")]
    assert not (tmp_path / "a.proposals.tsv").exists()


def _answer(proposals: Path, answers: dict[str, str]) -> None:
    head, *lines = proposals.read_text().splitlines()
    rows = [*csv.DictReader(lines, delimiter="\t")]
    with proposals.open("w", encoding="utf-16", newline="") as stream:
        stream.write(f"{head}\n# decided_by: Kari\n# decided_on: 2026-11-30\n")
        writer = csv.DictWriter(stream, rows[0], delimiter="\t")
        writer.writeheader()
        writer.writerows({**row, "decision": answers.get(row["other"], "")} for row in rows)


def _read_tsv(file: Path) -> Sequence[dict[str, str]]:
    text = file.read_text()
    return [*csv.DictReader(text.splitlines()[_head(text) :], delimiter="\t")]


def _head(text: str) -> int:
    return sum(line.startswith("#") for line in text.splitlines())


@pytest.mark.parametrize("suffix", [".html", ".md", ".json", ".txt"])
def test_a_report_has_all_outcomes_and_no_markup_of_others(register_store: Path, tmp_path: Path, suffix: str) -> None:
    file, report = tmp_path / "a.csv", tmp_path / f"r{suffix}"
    file.write_text('name\n"<b>|Ukjent"\n"Dahl, Eva"\n', encoding="utf-8")
    assert _run(register_store, file, "--type", "agent", "--report", str(report)).exit_code == 0
    text = report.read_text()
    assert "exact-heading" in text
    assert "no-candidate" in text
    assert suffix == ".json" or "<b>" not in text


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--type", "agent", "--name", "x"], "there is no column “x”; it has navn"),
        (["--type", "agent", "--to", "marc"], "csv becomes csv or sssom, not marc"),
        (["--type", "agent", "--report", "r.pdf"], "a report's name ends in"),
        (["--type", "person"], "'person' is not one of"),
    ],
)
def test_a_wrong_call_says_what_is_possible(
    register_store: Path, tmp_path: Path, options: list[str], problem: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("navn\nDahl\n", encoding="utf-8")
    result = _run(register_store, file, *options)
    assert result.exit_code == 2
    assert problem in result.output
    assert not (tmp_path / "a.linked.csv").exists()


def test_a_fault_in_a_file_of_decisions_is_named(register_store: Path, tmp_path: Path) -> None:
    file, decisions = tmp_path / "a.csv", tmp_path / "d.tsv"
    file.write_text("navn\nDahl\n", encoding="utf-8")
    decisions.write_text("thing\tother\tdecision\nx\ty\tmaybe\n", encoding="utf-8")
    result = _run(register_store, file, "--type", "agent", "--decisions", str(decisions))
    assert result.exit_code == 1
    assert "d.tsv:2: decision: “maybe” is unknown" in result.output
