"""What `nbkg diff` tells of the real report and the invented one that follows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph

from loader.commands.diff_command import diff
from loader.namespaces import BASE, NBKG, RDF
from nbkg.errors import UsageError

MEASURE = f"{BASE}id/measure/2020-2025/"
STATUS = f"{BASE}id/concept/status/"
UNIT = f"{BASE}id/unit/"


@pytest.fixture(scope="module")
def changes(synthetic_file: Path) -> dict[str, list[object]]:
    result = CliRunner().invoke(diff, ["2025-10-14", str(synthetic_file), "--format", "json"], catch_exceptions=False)
    parsed: dict[str, list[object]] = json.loads(result.stdout)
    return parsed


def _change(changes: dict[str, list[object]], key: str, field: str) -> tuple[object, object]:
    (change,) = [
        c for c in changes["changed"] if isinstance(c, dict) and (c["measure"], c["field"]) == (MEASURE + key, field)
    ]
    assert list(change) == ["measure", "field", "before", "after"]
    return change["before"], change["after"]


def test_added_and_removed(changes: dict[str, list[object]]) -> None:
    assert list(changes) == ["added", "removed", "changed"]
    assert changes["added"] == [MEASURE + "20-nasjonalbiblioteket-skal-opprette-en-felles-opplaeringspakke"]
    assert changes["removed"] == [MEASURE + "3"]


def test_fields(changes: dict[str, list[object]]) -> None:
    assert _change(changes, "5", "status") == (STATUS + "lopende", STATUS + "avsluttet")
    assert _change(changes, "5", "milestones") == (
        [{"when": "2025-08-28", "outcome": "reached"}],
        [{"when": "2025-08-28", "outcome": "reached"}, {"when": "2026-04", "outcome": "planned"}],
    )
    assert _change(changes, "14", "responsible") == ([UNIT + "tk"], [UNIT + "tk", UNIT + "fo"])
    before, after = _change(changes, "14", "text")
    assert str(before).endswith("for norske bibliotek.")
    assert str(after).endswith("for bibliotek og arkiv.")
    biblioteksok = "ii-35-nasjonalbiblioteket-skal-videreutvikle-biblioteksok-slik-at"
    assert _change(changes, biblioteksok, "contributing") == ([UNIT + "tk", UNIT + "df"], [UNIT + "tk"])
    assert _change(changes, biblioteksok, "references") == (
        [],
        ["https://bibsyst.no/dedublisering-og-designjustering.html"],
    )


def test_nothing_else(changes: dict[str, list[object]]) -> None:
    touched = {str(c["measure"]).removeprefix(MEASURE) for c in changes["changed"] if isinstance(c, dict)}
    assert touched == {
        "5",
        "14",
        "ii-35-nasjonalbiblioteket-skal-videreutvikle-biblioteksok-slik-at",
        "ii-41-et-viktig-grep-i-nasjonal-bibliotekstrategi",
        "ii-41-alle-metadata-som-nasjonalbiblioteket-produserer-er",
    }


@pytest.mark.parametrize("form", ["text", "markdown", "turtle"])
def test_other_forms_tell_the_same(form: str, changes: dict[str, list[object]], synthetic_file: Path) -> None:
    result = CliRunner().invoke(diff, ["2025-10-14", str(synthetic_file), "--format", form], catch_exceptions=False)
    if form == "turtle":
        graph = Graph().parse(data=result.stdout, format="turtle")
        assert len(list(graph.subjects(RDF.type, NBKG.Change))) == sum(len(part) for part in changes.values())
    else:
        assert "opplæringspakke" in result.stdout
        assert "2026-04 planned" in result.stdout


def test_backwards(synthetic_file: Path) -> None:
    result = CliRunner().invoke(diff, [str(synthetic_file), "2025-10-14", "--format", "json"], catch_exceptions=False)
    assert json.loads(result.stdout)["added"] == [MEASURE + "3"]


@pytest.mark.parametrize(
    "pair", [("1999-01-01", "2025-10-14"), ("2025-10-14", "2025-10-14"), ("nowhere.txt", "2025-10-14")]
)
def test_wrong_calls(pair: tuple[str, str]) -> None:
    with pytest.raises(UsageError):
        CliRunner().invoke(diff, list(pair), catch_exceptions=False)
