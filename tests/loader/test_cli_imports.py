"""No command imports what it does not use: each call of `nbkg` waits for all that is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SERVER = {"flask", "uvicorn", "a2wsgi", "prometheus_client", "urllib3", "rapidfuzz"}
_LOADER = {"rdflib", "pyshacl", "openpyxl", "numpy"}
_CALL = """
import sys
from loader.cli import nbkg
nbkg.main(sys.argv[1:], prog_name="nbkg", standalone_mode=False)
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def _imported(*arguments: str) -> set[str]:
    call = subprocess.run([sys.executable, "-c", _CALL, *arguments], capture_output=True, text=True, check=True)
    return set(call.stderr.splitlines()[-1].split())


def test_the_list_of_commands_is_read_without_importing_them() -> None:
    assert _imported("--help").isdisjoint({*_SERVER, *_LOADER, "pyoxigraph", "rich"})


@pytest.mark.parametrize(
    ("command", "unused"),
    [
        ("serve", {*_SERVER, *_LOADER}),
        ("query", {*_SERVER, *_LOADER, "SPARQLWrapper"}),
        ("load", {*_SERVER, "SPARQLWrapper", "pyshacl", "openpyxl", "numpy"}),
        ("site", {*_LOADER, "uvicorn", "rapidfuzz"}),
    ],
)
def test_a_command_imports_only_what_it_uses(command: str, unused: set[str]) -> None:
    assert _imported(command, "--help").isdisjoint(unused)


def test_loading_a_file_needs_no_client_of_http(tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text('<http://example.org/a> <http://example.org/b> "c" .\n')
    imported = _imported("load", str(tmp_path / "store"), str(tmp_path / "one.ttl"))
    assert "pyoxigraph" in imported
    assert imported.isdisjoint({*_SERVER, "pyshacl", "openpyxl", "numpy"})
