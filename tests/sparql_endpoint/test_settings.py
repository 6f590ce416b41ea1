from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click
import pytest

from sparql_endpoint.commands.serve import serve
from sparql_endpoint.errors import SettingError
from sparql_endpoint.settings import SETTINGS, Settings, default_store, read

DOCS = Path(__file__).parents[2] / "docs" / "endpoint.md"


def test_the_table_is_the_dataclass() -> None:
    assert read({}, {}) == Settings()
    assert [field.name for field in fields(Settings)] == [setting.field for setting in SETTINGS]


def test_the_call_wins_over_the_environment() -> None:
    environment = {"NBKG_PORT": "9000", "NBKG_HOST": "example.org", "NBKG_DEFAULT_GRAPH": "plain"}
    settings = read({"port": 9001, "host": None}, environment)
    assert (settings.port, settings.host, settings.union) == (9001, "example.org", False)


@pytest.mark.parametrize("environment", [{"NBKG_PORT": "many"}, {"NBKG_DEFAULT_GRAPH": "some"}])
def test_impossible_values(environment: dict[str, str]) -> None:
    with pytest.raises(SettingError):
        read({}, environment)


def test_every_setting_is_an_option_and_documented() -> None:
    options = {option for param in serve.params if isinstance(param, click.Option) for option in param.opts}
    assert options == {f"--{setting.name}" for setting in SETTINGS} - {"--store"}
    told = DOCS.read_text(encoding="utf-8")
    for setting in SETTINGS:
        row = f"| `{setting.variable}` | {f'`{setting.default}`' if setting.default else 'none'} | {setting.help} |"
        assert row in told, f"docs/endpoint.md lacks: {row}"


def test_default_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NBKG_STORE", str(tmp_path))
    assert default_store() == tmp_path
    monkeypatch.delenv("NBKG_STORE")
    assert default_store().parts[-2:] == ("var", "store")
