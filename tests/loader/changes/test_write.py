"""What is written of a step: statements, activities, a summary in the words of the data."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import markdown_it
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from loader.changes import activities
from loader.changes.activities import ActivityAddresses, ActivityPages
from loader.changes.release_changes import LOG, NewRelease, write_changes
from loader.changes.summary import Step, read_words
from loader.changes.write import VersionPair, count_changes, write
from loader.cli import nbkg
from loader.status_report.report_kind import ReportSeries
from nbkg.rdf import dataset
from nbkg.rdf.label_choice import LANGUAGES
from tests.datasets import MakeDataset

_ADDRESSES = ActivityAddresses(
    "https://example.org/dumps/b/changes/a/", "https://example.org/dumps/activities.jsonld", "2026-03-02"
)
_STEP = Step("a", "b", "2026-03-02")


@pytest.fixture(scope="module")
def written(built: Path, built_twice: tuple[Path, ReportSeries], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The step from one report to two."""
    folder = tmp_path_factory.mktemp("changes")
    old, new = (dataset.read_dataset(graphs / "nbkg.nq", folder / "x") for graphs in (built, built_twice[0]))
    write(VersionPair(old, new, _STEP, _ADDRESSES), folder / "out")
    return folder / "out"


def _lines(file: Path) -> list[str]:
    return gzip.decompress(file.read_bytes()).decode().splitlines()


def test_statements(written: Path, built: Path, built_twice: tuple[Path, ReportSeries]) -> None:
    """Held against the difference of the files' lines; those with blank nodes did not change."""
    old, new = (set((graphs / "nbkg.nq").read_text().splitlines()) for graphs in (built, built_twice[0]))
    assert _lines(written / "removed.nq.gz") == sorted(old - new)
    assert _lines(written / "added.nq.gz") == sorted(new - old)


def test_the_summary_counts_by_class_and_property(written: Path) -> None:
    """The invented report changes the status of three measures (see test_compare.py)."""
    text = (written / "summary.md").read_text()
    (measures,) = [line for line in text.splitlines() if line.startswith("- **measure**")]
    assert "new: 1, changed: 32" in measures
    assert "status 3," in measures
    assert "- 3 changed *status*\n" in text
    assert ": “Ended” → “In progress”\n" in text


def test_the_same_bytes_each_time(
    written: Path, built: Path, built_twice: tuple[Path, ReportSeries], tmp_path: Path
) -> None:
    old, new = (dataset.read_dataset(graphs / "nbkg.nq", tmp_path / "x") for graphs in (built, built_twice[0]))
    write(VersionPair(old, new, _STEP, _ADDRESSES), tmp_path / "out")
    files = sorted(path.relative_to(written) for path in written.rglob("*") if path.is_file())
    assert [(tmp_path / "out" / name).read_bytes() for name in files] == [(written / n).read_bytes() for n in files]


def test_activities_are_paged_and_lead_on(written: Path) -> None:
    collection = json.loads((written / "activities.jsonld").read_text())
    assert collection["type"] == "OrderedCollection"
    assert collection["@context"] == list(activities.CONTEXT)
    address, items = collection["first"]["id"], []
    while address:
        page = json.loads((written / address.removeprefix(_ADDRESSES.folder)).read_text())
        assert (page["type"], page["id"], page["totalItems"]) == (
            "OrderedCollectionPage",
            address,
            len(page["orderedItems"]),
        )
        assert page["partOf"]["id"] == _ADDRESSES.feed
        items += page["orderedItems"]
        last, address = address, page.get("next", {}).get("id")
    assert collection["last"]["id"] == last
    assert collection["totalItems"] == len(items) > activities.PAGE_SIZE
    assert {item["type"] for item in items} == {"Create", "Update"}
    assert {item["published"] for item in items} == {"2026-03-02T00:00:00Z"}
    by_iri = {item["object"]["id"]: item for item in items}
    report = by_iri["https://w3id.org/nbkg/id/report/2026-03-02"]
    assert report["type"] == "Create"
    assert report["object"]["type"] == "https://w3id.org/nbkg/ns#StatusReport"
    assert by_iri["https://w3id.org/nbkg/id/measure/2020-2025/14"]["type"] == "Update"


def test_pages_are_full_but_the_last(data: MakeDataset) -> None:
    pages = ActivityPages(_ADDRESSES)
    items = [activities.activity("Create", f"urn:{n}", (), _ADDRESSES) for n in range(2 * activities.PAGE_SIZE)]
    written = list(pages.serialize(iter(items)))
    assert [name for name, _ in written] == ["activities/1.jsonld", "activities/2.jsonld"]
    assert "next" not in json.loads(written[-1][1])
    assert (pages.total, pages.count) == (2 * activities.PAGE_SIZE, 2)


ACTIVITIES = {
    "created": ("", '<urn:a> <urn:p> "1" <urn:g> .\n', "Create"),
    "deleted": ('<urn:a> <urn:p> "1" <urn:g> .\n', "", "Delete"),
    "updated": ('<urn:a> <urn:p> "1" <urn:g> .\n', '<urn:a> <urn:p> "2" <urn:g> .\n', "Update"),
    "moved": ('<urn:a> <urn:p> "1" <urn:g> .\n', '<urn:a> <urn:p> "1" <urn:h> .\n', ""),
    "deprecated": (
        '<urn:a> <urn:p> "1" <urn:g> .\n',
        '<urn:a> <urn:p> "1" <urn:g> .\n<urn:a> <http://www.w3.org/2002/07/owl#deprecated> "true" <urn:g> .\n',
        "Deprecate",
    ),
    "by blank nodes only": ('_:a <urn:p> "1" <urn:g> .\n', '_:a <urn:p> "2" <urn:g> .\n', ""),
}


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_each_change_has_its_activity(kind: str, data: MakeDataset, tmp_path: Path) -> None:
    old, new, expected = ACTIVITIES[kind]
    other = '<urn:z> <urn:p> "1" <urn:g> .\n'
    write(VersionPair(data(old + other), data(new + other), _STEP, _ADDRESSES), tmp_path / "out")
    page = tmp_path / "out" / "activities" / "1.jsonld"
    types = [one["type"] for one in json.loads(page.read_text())["orderedItems"]]
    assert types == ([expected] if expected else [])


def test_nothing_changed(data: MakeDataset, tmp_path: Path) -> None:
    same = '<urn:a> <urn:p> "1" <urn:g> .\n'
    assert "Nothing has changed." in write(VersionPair(data(same), data(same), _STEP, _ADDRESSES), tmp_path / "out")
    assert json.loads((tmp_path / "out" / "activities.jsonld").read_text())["totalItems"] == 0
    assert json.loads((tmp_path / "out" / "activities" / "1.jsonld").read_text())["orderedItems"] == []


def test_the_words_are_the_same_in_all_languages() -> None:
    assert len({tuple(read_words(language)) for language in LANGUAGES}) == 1


def test_names_come_in_the_language_asked_for(built: Path, built_twice: tuple[Path, ReportSeries]) -> None:
    arguments = ["changes", str(built), str(built_twice[0]), "--lang"]
    printed = {lang: CliRunner().invoke(nbkg, [*arguments, lang], catch_exceptions=False).stdout for lang in LANGUAGES}
    assert "- **tiltak** – nye: 1, endret: 32" in printed["nb"]
    assert "- **tiltak** – nye: 1, endra: 32" in printed["nn"]
    assert "- **measure** – new: 1, changed: 32" in printed["en"]


def test_examples_are_few_but_all_are_counted(data: MakeDataset) -> None:
    old = "".join(f'<urn:{n:03}> <urn:p> "1" .\n' for n in range(50))
    (tally,) = count_changes(data(old), data(old.replace('"1"', '"2"'))).classes.values()
    assert (tally.updated, tally.properties[b"<urn:p>"], len(tally.examples[b"<urn:p>"])) == (50, 50, 10)


def _release(folder: Path, text: str, version: str) -> Path:
    data = folder / version / "datasets" / "everything"
    data.mkdir(parents=True)
    (data / "everything.nq.gz").write_bytes(gzip.compress(text.encode()))
    (folder / version / "release.json").write_text(json.dumps({"version": version, "issued": version}))
    return folder / version


def test_releases_lead_to_each_other(tmp_path: Path) -> None:
    """The log grows by a section with each release, and the pages of one lead to those of the one before."""
    before, address = None, "https://example.org/dumps/"
    for number in range(1, 4):
        version = f"2026-0{number}-01"
        folder = _release(tmp_path, f'<urn:a> <urn:p> "{number}" .\n', version)
        write_changes(NewRelease(folder, version, version, before, address), tmp_path / "scratch")
        before = folder
    assert before is not None
    log = (before / LOG).read_text()
    heads = [line for line in log.splitlines() if line.startswith("## ")]
    assert heads == ["## 2026-03-01", "## 2026-02-01", "## 2026-01-01"]
    page = json.loads((before / "changes/2026-02-01/activities/1.jsonld").read_text())
    assert page["next"]["id"] == f"{address}2026-02-01/changes/2026-01-01/activities/1.jsonld"
    oldest = json.loads((tmp_path / "2026-02-01/changes/2026-01-01/activities/1.jsonld").read_text())
    assert "next" not in oldest


@pytest.mark.parametrize(
    "label", ["two\\n\\n## lines", "<script>x</script>", "[a](javascript:b)", "*bold* _it_", "`code`", "a_b_c"]
)
def test_labels_of_the_data_are_only_text_in_the_summary(tmp_path: Path, label: str) -> None:
    graph, kind = "<urn:g>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C>"
    name = f'<http://www.w3.org/2000/01/rdf-schema#label> "{label}"@en'
    (tmp_path / "old.nq").write_text(f"<urn:C> {name} {graph} .\n")
    (tmp_path / "new.nq").write_text(f"<urn:C> {name} {graph} .\n<urn:a> {kind} {graph} .\n<urn:a> {name} {graph} .\n")
    old, new = (dataset.read_dataset(tmp_path / file, tmp_path / "x") for file in ("old.nq", "new.nq"))
    write(VersionPair(old, new, _STEP, _ADDRESSES), tmp_path / "out")
    page = BeautifulSoup(markdown_it.MarkdownIt().render((tmp_path / "out" / "summary.md").read_text()), "html.parser")
    shown = " ".join(label.replace("\\n", "\n").split())
    assert [heading.get_text() for heading in page.select("h1, h2, h3")] == ["b", shown]
    assert shown in page.select("li")[1].get_text() + page.select("li")[2].get_text()
    assert not page.select("script, a:not([href='urn:a']), code, em, h3 strong")
