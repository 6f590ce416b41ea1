"""Peers are named on the command line, those of another checkout by its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.peers import named
from benchmarks.processes import PeerError

HELP = "#!/bin/sh\necho '--port --cache INTEGER'\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout called `before` whose environment has an `nbkg`."""
    command = tmp_path / "before" / ".venv" / "bin" / "nbkg"
    command.parent.mkdir(parents=True)
    command.write_text(HELP)
    command.chmod(0o755)
    return tmp_path / "before"


def test_a_peer_of_another_checkout_runs_its_commands_over_a_store_of_its_own(checkout: Path, tmp_path: Path) -> None:
    peer = named(f"nbkg@{checkout}", "/nowhere")
    assert peer.name == "nbkg@before"
    assert peer.store.startswith("nbkg@before-")
    assert peer.command(tmp_path / "data.nt", tmp_path, 80)[0] == str(checkout / ".venv" / "bin" / "nbkg")


def test_two_kinds_of_one_checkout_share_its_store(checkout: Path) -> None:
    plain, cached = (named(f"{name}@{checkout}", "/nowhere") for name in ("nbkg", "nbkg-cached"))
    assert plain.store == cached.store
    assert plain.name != cached.name


@pytest.mark.parametrize("name", ["nbkk", "nbkk@.", ""])
def test_an_unknown_peer_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(PeerError, match="expected one of oxigraph, nbkg"):
        named(name, "/nowhere")


def test_a_path_without_the_commands_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match=r"has no such command in \.venv/bin"):
        named(f"nbkg@{tmp_path}", "/nowhere")
