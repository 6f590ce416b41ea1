from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click
import pytest

from nbkg.storage.default_graph import DefaultGraph
from nbkg.storage.locations import default_store
from sparql_endpoint.commands.serve_command import serve
from sparql_endpoint.settings import SETTINGS, Setting, SettingError, Settings, read

DOCS = Path(__file__).parents[2] / "docs" / "endpoint.md"


def test_the_table_is_the_dataclass() -> None:
    assert read({}, {}) == Settings()
    assert [field.name for field in fields(Settings)] == [
        *(setting.field for setting in SETTINGS),
        "write_token",
        "decision_token",
    ]


def test_the_call_wins_over_the_environment() -> None:
    environment = {"NBKG_PORT": "9000", "NBKG_HOST": "example.org", "NBKG_DEFAULT_GRAPH": "plain"}
    settings = read({"port": 9001, "host": None}, environment)
    assert (settings.port, settings.host, settings.default_graph) == (9001, "example.org", DefaultGraph.PLAIN)


@pytest.mark.parametrize("environment", [{"NBKG_PORT": "many"}, {"NBKG_WORKERS": "-1"}, {"NBKG_DEFAULT_GRAPH": "some"}])
def test_impossible_values(environment: dict[str, str]) -> None:
    with pytest.raises(SettingError):
        read({}, environment)


def test_every_setting_is_an_option_and_documented() -> None:
    options = {option for param in serve.params if isinstance(param, click.Option) for option in param.opts}
    assert options == {f"--{setting.name}" for setting in SETTINGS} - {"--store"}
    told = DOCS.read_text(encoding="utf-8")
    for setting in SETTINGS:
        row = f"| `{setting.variable}` | {_default(setting)} | {setting.help} |"
        assert row in told, f"docs/endpoint.md lacks: {row}"


def _default(setting: Setting) -> str:
    return f"`{setting.default}`" if setting.default != "" else "none"


@pytest.mark.parametrize("name", ["write_token", "decision_token"])
def test_a_token_comes_from_a_file_or_the_environment(tmp_path: Path, name: str) -> None:
    file = tmp_path / "token"
    file.write_text("secret\n")
    assert getattr(read({f"{name}_file": str(file)}, {}), name) == "secret"
    settings = read({}, {f"NBKG_{name.upper()}": "other"})
    assert getattr(settings, name) == "other"
    assert "other" not in repr(settings)
    for content in ("", "two\nlines", "blåbær"):
        file.write_text(content)
        with pytest.raises(SettingError, match="token"):
            read({f"{name}_file": str(file)}, {})
    with pytest.raises(SettingError, match="cannot be read"):
        read({f"{name}_file": str(tmp_path / "none")}, {})


def test_hosts() -> None:
    assert read({"allow_service": ("a.example", "b:8080")}, {}).hosts == ("a.example", "b:8080")
    assert read({"allow_service": ()}, {"NBKG_ALLOW_SERVICE": "a, b"}).hosts == ("a", "b")


def test_default_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NBKG_STORE", str(tmp_path))
    assert default_store() == tmp_path
    monkeypatch.delenv("NBKG_STORE")
    assert default_store().parts[-2:] == ("var", "store")
