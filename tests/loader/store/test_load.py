"""Store versions: whole or not at all, switched in one step."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.namespaces import BASE
from loader.store import text_index
from loader.store.load import load
from nbkg.errors import RdfFileError, ServiceError, UsageError
from nbkg.storage import built_store
from nbkg.storage.built_store import Version
from nbkg.storage.served_directory import locate
from nbkg.text_index import Index
from nbkg.text_index.writing import UNNAMED
from nbkg.void.description import description_graph

VOID = description_graph(BASE)
LEFT_OUT = f'<urn:g2> <{BASE}ns#inDefaultGraph> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> <urn:about> .\n'


def _file(folder: Path, text: str, name: str = "data.nq") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def _opened(store: Path) -> ox.Store:
    return ox.Store.read_only(str(locate(store).folder))


def _triples(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


def _quads(store: Path) -> list[str]:
    """What was loaded into named graphs; the description is of no file."""
    apart = (ox.DefaultGraph(), VOID)
    return sorted(str(quad) for quad in _opened(store) if quad.graph_name not in apart)


def _default(store: Path) -> list[str]:
    """The default graph, but for the description."""
    opened = _opened(store)
    return sorted(str(triple) for triple in _triples(opened, ox.DefaultGraph()) - _triples(opened, VOID))


def test_versions_follow_each_other(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:c> <urn:g> .\n")])
    assert (first.number, first.quads, first.fresh) == (1, 1, True)
    second = load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:d> <urn:g> .\n<urn:a> <urn:b> <urn:e> .\n")])
    assert (second.number, second.quads) == (2, 2)
    assert str((store / "current").readlink()) == "versions/2"
    assert json.loads((store / "versions" / "2.json").read_text()) == {
        "version": 2,
        "hash": second.hash,
        "quads": 2,
        "union": True,
        "plain": "mixed",
        "left_out": [],
    }
    assert json.loads((store / "store.json").read_text()) == {"format": 1, "kind": "built"}
    assert _quads(store) == ["<urn:a> <urn:b> <urn:d> <urn:g>"]


def test_the_default_graph_is_the_merge(tmp_path: Path) -> None:
    text = "<urn:a> <urn:b> <urn:c> <urn:g1> .\n<urn:a> <urn:b> <urn:c> <urn:g2> .\n<urn:a> <urn:b> <urn:d> .\n"
    assert load(tmp_path / "store", [_file(tmp_path, text)]).quads == 3
    assert _default(tmp_path / "store") == ["<urn:a> <urn:b> <urn:c>", "<urn:a> <urn:b> <urn:d>"]


def test_what_the_data_keeps_out_of_the_default_graph_is_left_out(tmp_path: Path) -> None:
    none = LEFT_OUT.replace("urn:g2", "urn:g3")
    text = (
        "<urn:a> <urn:b> <urn:c> <urn:g1> .\n<urn:a> <urn:b> <urn:c> <urn:g2> .\n<urn:a> <urn:b> <urn:d> <urn:g2> .\n"
    )
    version = load(tmp_path / "store", [_file(tmp_path, text + LEFT_OUT + none)])
    assert version.left_out == ("urn:g2",)
    assert json.loads((tmp_path / "store" / "versions" / "1.json").read_text())["left_out"] == ["urn:g2"]
    default = _default(tmp_path / "store")
    assert "<urn:a> <urn:b> <urn:c>" in default
    assert "<urn:a> <urn:b> <urn:d>" not in default
    assert len(default) == 3


def test_the_description_tells_what_the_default_graph_holds_and_what_is_left_out(tmp_path: Path) -> None:
    text = "<urn:a> <urn:b> <urn:c> <urn:g1> .\n<urn:a> <urn:b> <urn:d> <urn:g2> .\n"
    load(tmp_path / "store", [_file(tmp_path, text + LEFT_OUT)])
    void = {triple for triple in map(str, _triples(_opened(tmp_path / "store"), VOID)) if "void#triples" in triple}
    subsets = {str(triple.object) for triple in _triples(_opened(tmp_path / "store"), VOID) if "subset" in str(triple)}
    assert subsets == {"<urn:g1>", "<urn:about>"}
    assert any(triple.startswith("<urn:g2> ") for triple in void)
    assert any(triple.startswith(f"<{BASE}.well-known/void#dataset> ") and '"2"' in triple for triple in void)


def test_the_words_of_graphs_that_are_left_out_are_found(tmp_path: Path) -> None:
    """The texts of one resource are one entry, whichever graphs hold them."""
    text = '<urn:a> <urn:b> "here" <urn:g1> .\n<urn:a> <urn:b> "there" <urn:g2> .\n<urn:c> <urn:b> "old" <urn:g2> .\n'
    load(tmp_path / "store", [_file(tmp_path, text + LEFT_OUT)])
    with closing(sqlite3.connect(tmp_path / "store" / "versions" / "1.words")) as index:
        assert sorted(iri for (iri,) in index.execute("SELECT iri FROM resource")) == ["urn:a", "urn:c"]
        found = "SELECT iri FROM words JOIN resource ON id = words.rowid WHERE words MATCH ?"
        for word, iri in (("here", "urn:a"), ("there", "urn:a"), ("old", "urn:c")):
            assert index.execute(found, [word]).fetchall() == [(iri,)]


def test_the_description_is_in_the_default_graph(tmp_path: Path) -> None:
    load(tmp_path / "store", [_file(tmp_path, "<urn:a> <urn:b> <urn:c> <urn:g> .\n")])
    opened = _opened(tmp_path / "store")
    assert _triples(opened, VOID)
    assert _triples(opened, VOID) < _triples(opened, ox.DefaultGraph())


def test_a_default_graph_that_is_all_there_is_stays_as_it_is(tmp_path: Path) -> None:
    load(tmp_path / "store", [_file(tmp_path, "<urn:a> <urn:b> <urn:c> .\n")])
    opened = _opened(tmp_path / "store")
    assert _triples(opened, VOID)
    assert [str(triple) for triple in _triples(opened, ox.DefaultGraph())] == ["<urn:a> <urn:b> <urn:c>"]


def test_another_base_is_another_version(tmp_path: Path) -> None:
    file = _file(tmp_path, "<urn:a> <urn:b> <urn:c> .\n")
    load(tmp_path / "store", [file])
    assert load(tmp_path / "store", [file], base="https://other.example/").number == 2


def test_the_same_content_makes_no_version(tmp_path: Path) -> None:
    file = _file(tmp_path, "<urn:a> <urn:b> <urn:c> .\n")
    first = load(tmp_path / "store", [file])
    assert load(tmp_path / "store", [file]) == Version(1, first.hash, 1, "all", fresh=False)


def test_a_version_that_was_made_before_there_was_a_present_is_made_anew(tmp_path: Path) -> None:
    file = _file(tmp_path, "<urn:a> <urn:b> <urn:c> .\n")
    load(tmp_path / "store", [file])
    about = tmp_path / "store" / "versions" / "1.json"
    about.write_text(about.read_text().replace(', "left_out": []', ""))
    second = load(tmp_path / "store", [file])
    assert (second.number, second.left_out, second.fresh) == (2, (), True)


def test_old_versions_are_cleared_but_for_one(tmp_path: Path) -> None:
    for number in range(5):
        load(tmp_path / "store", [_file(tmp_path, f"<urn:a> <urn:b> <urn:c{number}> .\n")])
    assert sorted(os.listdir(tmp_path / "store" / "versions")) == ["4", "4.json", "4.words", "5", "5.json", "5.words"]


def test_graph_for_triples(tmp_path: Path) -> None:
    load(tmp_path / "store", [_file(tmp_path, "<urn:a> <urn:b> <urn:c> .", "data.ttl")], "urn:g")
    assert _quads(tmp_path / "store") == ["<urn:a> <urn:b> <urn:c> <urn:g>"]


def test_a_bad_file_leaves_the_version_before(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:c> .\n")])
    before = _default(store)
    with pytest.raises(RdfFileError, match=r"bad\.nq"):
        load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:d> .\n<urn:a> oops\n", "bad.nq")])
    assert _default(store) == before
    assert sorted(os.listdir(store / "versions")) == ["1", "1.json", "1.words"]


def test_a_crash_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:c> .\n")])
    before = _default(store)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(built_store, "switch", killed)
        with pytest.raises(KeyboardInterrupt):
            load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:d> .\n")])
    assert _default(store) == before
    assert load(store, [_file(tmp_path, "<urn:a> <urn:b> <urn:d> .\n")]).number == 2
    assert _default(store) != before


WRONG = {
    "no such file": ("nowhere.nq", UsageError, "no such file"),
    "unknown kind": ("data.docx", UsageError, "unknown kind"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_calls(kind: str, tmp_path: Path) -> None:
    name, error, message = WRONG[kind]
    _file(tmp_path, "x", "data.docx")
    with pytest.raises(error, match=message):
        load(tmp_path / "store", [tmp_path / name])


def test_a_writable_store_is_not_rebuilt(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "store.json").write_text('{"format": 1, "kind": "writable"}')
    with pytest.raises(UsageError, match="writable"):
        load(store, [_file(tmp_path, "")])


def test_two_loads_at_once(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    with (store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ServiceError, match="another load"):
            load(store, [_file(tmp_path, "")])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<urn:a> <urn:b> <urn:c> .\n", "all"),
        ("<urn:a> <urn:b> <urn:c> <urn:g> .\n", "empty"),
        ("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:d> .\n", "mixed"),
    ],
)
def test_what_the_plain_default_graph_was_is_told(tmp_path: Path, text: str, plain: str) -> None:
    assert load(tmp_path / "store", [_file(tmp_path, text)]).plain == plain
    told = json.loads((tmp_path / "store" / "versions" / "1.json").read_text())
    assert (told["union"], told["plain"]) == (True, plain)


MESSY = """
_:b <urn:p> "in both" <urn:g1> .
_:b <urn:p> "in both" <urn:g2> .
<urn:a> <urn:p> _:b <urn:g1> .
<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Id\\u00E9 og \\"f\\u00E5r\\"\\nher"@NB <urn:g1> .
<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Idé og \\"får\\"\\nher"@nb <urn:g2> .
<urn:a> <urn:number> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g1> .
<urn:c> <urn:p> "uten navn"^^<http://www.w3.org/2001/XMLSchema#string> .
<urn:g1> <http://purl.org/dc/terms/isPartOf> <urn:whole> <urn:g2> .
<urn:whole> <http://purl.org/dc/terms/title> "Alt" <urn:g2> .
"""


def test_a_blank_node_is_the_same_in_its_graphs_and_in_the_default_graph(tmp_path: Path) -> None:
    load(tmp_path / "store", [_file(tmp_path, MESSY)])
    opened = _opened(tmp_path / "store")
    default = _triples(opened, ox.DefaultGraph())
    for name in ("urn:g1", "urn:g2"):
        assert _triples(opened, ox.NamedNode(name)) <= default
    assert len([triple for triple in default if isinstance(triple.subject, ox.BlankNode)]) == 1


def _entries(index: Path) -> dict[str, bool]:
    """Return the resources of an index, and whether each has a name."""
    with closing(sqlite3.connect(index)) as connection:
        return {iri: number < UNNAMED for number, iri in connection.execute("SELECT id, iri FROM resource")}


def _search(index: Path, words: list[str]) -> list[list[str]]:
    opened = Index.open(index)
    assert opened
    return [sorted(opened.find(word, 9)) for word in words]


def test_the_index_of_a_load_is_that_of_its_store(tmp_path: Path) -> None:
    load(tmp_path / "store", [_file(tmp_path, MESSY)])
    version, index = tmp_path / "store" / "versions" / "1", tmp_path / "store" / "versions" / "1.words"
    scanned, words = _entries(index), ["idé", "får her", "uten", "alt", "navn", "https"]
    found = _search(index, words)
    index.unlink()
    text_index.index(version)
    assert scanned == _entries(index)
    assert {"urn:a": True, "urn:c": False, "urn:whole": True}.items() <= scanned.items()
    assert found == _search(index, words)
