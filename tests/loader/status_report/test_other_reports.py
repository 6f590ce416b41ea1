"""Reports of the same layout with other dates, numbers of measures, units and statuses are read as well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loader.status_report.model.report import Row, StatusReport
from loader.status_report.parse.gazetteer import Gazetteer
from loader.status_report.parse.parse import parse


def _changed(text: str, words: Gazetteer, folder: Path, *pairs: tuple[str, str]) -> StatusReport:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    return parse(file, words)


def _numbered(report: StatusReport, number: int) -> Row:
    return next(row for row in report.rows if row.number and row.number[0] == number)


@pytest.mark.parametrize(
    "printed",
    ["statusrapport 03.02 - 2027", "statusrapport 3.2.2027", "statusrapport 03.02.27", "statusrapport 3. februar 2027"],
)
def test_another_date(printed: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(report_text, words, tmp_path, ("statusrapport 14.10 - 2025", printed))
    assert report.issued == date(2027, 2, 3)


def test_years_are_inferred_from_the_reports_own_date(report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(report_text, words, tmp_path, ("statusrapport 14.10 - 2025", "statusrapport 03.02 - 2027"))
    (tildelt,) = _numbered(report, 5).milestones
    _, reached, planned, _ = _numbered(report, 14).milestones
    assert tildelt.when == "2026-08-28"
    assert reached.when == "2026-06"
    assert planned.when == "2027-11"


def test_another_strategy(report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(report_text, words, tmp_path, ("bibliotekstrategi 2020-2025", "bibliotekstrategi 2026–2030"))
    assert report.strategy == "2026-2030"


def test_a_new_unit_in_the_legend(report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    pairs = (
        ("KF Løpende", "KF, UTV Løpende"),
        ("TL – Avdeling", "UTV - Utvikling og \nplan (tidl. PLAN) TL – Avdeling"),
    )
    report = _changed(report_text, words, tmp_path, *pairs)
    unit = next(unit for unit in report.units if unit.code == "UTV")
    assert unit.name.text == "Utvikling og plan"
    assert unit.former is not None
    assert unit.former.text == "PLAN"
    assert [one.printed.text for one in _numbered(report, 3).responsibilities] == ["KF", "UTV"]


LEGENDS = {
    "a line each": lambda text: text.replace("  DF - ", "\n\nDF - ").replace(" TL – ", "\n\nTL – "),
    "one more at the end": lambda text: text.replace("(Tidligere NLB) ", "(Tidligere NLB) \n\nFO – Forskning og plan "),
    "no blank lines": lambda text: text.replace("og  \n\nkunnskaps", "og \nkunnskaps"),
}


@pytest.mark.parametrize("kind", LEGENDS)
def test_a_legend_broken_otherwise(kind: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(LEGENDS[kind](report_text), words, tmp_path)
    assert [u.code for u in report.units][:7] == ["BU", "DF", "KF", "KD", "IKT", "TK", "TL"]
    assert report.units[5].name.text == "Tilvekst og kunnskapsorganisering"
    assert len(report.rows) == 32


def test_fewer_measures(report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    start, end = report_text.index("3. Nasjonalbiblioteket"), report_text.index(" Samarbeid og utvikling \n")
    report = _changed(report_text, words, tmp_path, (report_text[start:end], ""))
    assert [row.number[0] for row in report.rows if row.number] == [1, 2, *range(5, 21)]


@pytest.mark.parametrize("status", ["Avsluttet", "Løpende", "Under arbeid", "Ferdig", "avsluttet", "Under \narbeid"])
def test_changed_statuses(status: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(report_text, words, tmp_path, ("KF Løpende Arr", f"KF {status} Arr"))
    actual = _numbered(report, 3).status
    assert actual is not None
    assert actual.printed.text.lower() == " ".join(status.split()).lower()


def test_no_status(report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(report_text, words, tmp_path, ("KF Løpende Arr", "KF \n \n\n Arr"))
    row = _numbered(report, 3)
    assert row.status is None
    assert row.comment is not None
    assert row.comment.text.startswith("Arrangementer")


AGENTS = {
    "KF/DF": ["KF", "DF"],
    "KF, DF": ["KF", "DF"],
    "KF DF": ["KF", "DF"],
    "KF,DF.": ["KF", "DF"],
    "KF og DF": ["KF", "DF"],
    "KF, \nDF": ["KF", "DF"],
    "KF (TK, \nDF)": ["KF", "(TK)", "(DF)"],
    "KF, (TK)": ["KF", "(TK)"],
    "Nasjonalb\nibliotekar, \nKF": ["Nasjonalbibliotekar", "KF"],
    "Nasjonalbibliotekar \nKF": ["Nasjonalbibliotekar", "KF"],
    "Nasjonal-\nbibliotekar": ["Nasjonalbibliotekar"],
}


@pytest.mark.parametrize("printed", AGENTS)
@pytest.mark.parametrize("gap", [" ", "\n\n", "  \n \n\n"], ids=["same line", "new block", "blank cell"])
def test_agents(printed: str, gap: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    report = _changed(report_text, words, tmp_path, ("\nKF/DF Avsluttet Nett", f"\n{printed}{gap}Avsluttet Nett"))
    row = _numbered(report, 2)
    named = [
        f"({one.printed.text})" if one.role.value == "contributing" else one.printed.text
        for one in row.responsibilities
    ]
    assert named == AGENTS[printed]
    assert row.status is not None


BROKEN_WORDS = [
    ("tilgjengelig-\ngjøres på video", "tilgjengeliggjøres på video"),
    ("tilgjengeliggjøres på video- \nog lyd", "tilgjengeliggjøres på video- og lyd"),
    ("tilgjengeliggjøres i MARC-\nformat", "tilgjengeliggjøres i MARC-format"),
    ("tilgjengeliggjøres i KS-\nDigital", "tilgjengeliggjøres i KS-Digital"),
    ("tilgjengeliggjøres av e-\nbøker", "tilgjengeliggjøres av e-bøker"),
    ("tilgjengelig\u00adgjøres på\u00a0video|", "tilgjengeliggjøres på video"),
]


@pytest.mark.parametrize(("printed", "read"), BROKEN_WORDS)
def test_broken_words(printed: str, read: str, report_text: str, words: Gazetteer, tmp_path: Path) -> None:
    text = report_text.replace("tilgjengeliggjøres på video/strømming og \npodkast.", f"{printed}\n")
    report = _changed(text, words, tmp_path)
    comment = _numbered(report, 3).comment
    assert comment is not None
    assert comment.text.startswith(f"Arrangementer {read}")


def test_the_second_report(synthetic_file: Path, words: Gazetteer) -> None:
    report = parse(synthetic_file, words)
    assert report.issued == date(2026, 3, 2)
    assert len(report.rows) == 32
    assert [one.printed.text for one in _numbered(report, 20).responsibilities] == ["FO", "TK"]
    assert [m.when for m in _numbered(report, 20).milestones] == ["2026-01", "2026-06-01"]
    assert report.warnings == ()


CUT = {
    "part I": (
        "legger til rette for en overgang til sentral \nproduksjon og deling av metadata for norske \nbibliotek. \n",
        "legger til rette for en overgang til sentral \n",
        "data som skal leveres i løpet av første halvår 2026. \n",
        "data som skal leveres i løpet av første halvår 2026. \n"
        " produksjon og deling av metadata for norske \nbibliotek. \n",
    ),
    "part II, not quoted": (
        "Regjeringen vil følge opp dette.  (ny s.21) \n",
        "Regjeringen vil \n",
        "Forleggerforeningen 09.10.25.  \n",
        "Forleggerforeningen 09.10.25.  \n følge opp dette.  (ny s.21) \n",
    ),
}


@pytest.mark.parametrize("where", CUT)
def test_other_rows_cut_by_a_page(
    where: str, report: StatusReport, report_text: str, words: Gazetteer, tmp_path: Path
) -> None:
    """The wording is the same as if the page had not broken; so is the comment."""
    complete, first, comment, comment_and_rest = CUT[where]
    torn = _changed(report_text, words, tmp_path, (complete, first), (comment, comment_and_rest))
    assert [row.text.text for row in torn.rows] == [row.text.text for row in report.rows]
    assert [row.comment and row.comment.text for row in torn.rows] == [
        row.comment and row.comment.text for row in report.rows
    ]


def test_a_comment_that_goes_on_over_a_page_stays_a_comment(
    report: StatusReport, report_text: str, words: Gazetteer, tmp_path: Path
) -> None:
    torn = _changed(
        report_text,
        words,
        tmp_path,
        ("tjenesten vil blir levert i november, med \n", "tjenesten vil blir levert i november, med \n \n\n\n"),
    )
    assert [row.text.text for row in torn.rows] == [row.text.text for row in report.rows]
    assert [row.comment and row.comment.text for row in torn.rows] == [
        row.comment and row.comment.text for row in report.rows
    ]
