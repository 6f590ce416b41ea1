"""The files of docs/deploy agree with the command that they run, and let nothing loose."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from loader.cli import nbkg
from sparql_endpoint.api.graph_store import MAX_BODY
from sparql_endpoint.commands.serve_command import serve
from sparql_endpoint.services.metrics import REGISTRY
from sparql_endpoint.settings import SETTINGS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "deploy"
TOKEN = "a-token-of-this-test"  # noqa: S105  # of this test alone
OPTIONS = {option for param in serve.params if isinstance(param, click.Option) for option in param.opts}
DEFAULTS = {f"--{setting.name}": setting.default for setting in SETTINGS}
SERVER_ITSELF = 512
"""Megabytes of the server beside its workers, cache and temporary files."""


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _unit(name: str = "nbkg.service") -> dict[str, list[str]]:
    """The settings of a unit, each with its values in order."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", _text(name), re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


def _service(name: str) -> str:
    """The lines of a service in compose.yaml."""
    found = re.search(rf"^  {name}:\n((?:(?: {{4}}.*)?\n)+)", _text("compose.yaml"), re.MULTILINE)
    assert found
    return found[1]


def _composed() -> list[str]:
    """The command of the service `serve`."""
    return re.findall(r"^      - (\S+)$", _service("serve"), re.MULTILINE)


def _commands() -> dict[str, list[str]]:
    """Every call of `nbkg serve` in the files, without the program."""
    (image,) = re.findall(r"^CMD \[(.*)\]$", _text("Dockerfile"), re.MULTILINE)
    calls = {
        "Dockerfile": re.findall(r'"([^"]*)"', image),
        "compose.yaml": _composed(),
        "nbkg.service": shlex.split(_unit()["ExecStart"][-1])[1:],
        "writing.conf": shlex.split(_unit("writing.conf")["ExecStart"][-1])[1:],
    }
    assert all(call[0] == "serve" for call in calls.values())
    return calls


def _options(call: list[str]) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+)[= ](\S+)", " ".join(call)))


@pytest.mark.parametrize("file", _commands())
def test_options_are_those_of_the_command(file: str) -> None:
    call = _commands()[file]
    assert {word.partition("=")[0] for word in call if word.startswith("-")} <= OPTIONS
    context = serve.make_context("serve", [*call[1:]], resilient_parsing=False)
    assert context.params["store"].startswith("/var/lib/nbkg/")


@pytest.mark.parametrize("page", ["README.md", "nginx.conf", "Caddyfile"])
def test_options_in_words_are_those_of_the_commands(page: str) -> None:
    everywhere = {option for command in nbkg.commands.values() for param in command.params for option in param.opts}
    told = set(re.findall(r"`(?:nbkg \w+ )?(--[\w-]+)", _text(page))) | set(
        re.findall(r"serve (--[\w-]+)", _text(page))
    )
    assert told
    assert told <= everywhere | OPTIONS


def _megabytes(text: str) -> int:
    found = re.fullmatch(r"(\d+)([mMgG])", text)
    assert found
    return int(found[1]) * (1024 if found[2] in "gG" else 1)


def _needed(call: list[str]) -> int:
    options = {name: int(value) for name, value in (DEFAULTS | _options(call)).items() if str(value).isdigit()}
    return (options["--workers"] + 1) * options["--memory-limit"] + options["--cache"] + SERVER_ITSELF


def test_the_memory_of_the_container_adds_up() -> None:
    service = _service("serve")
    (limit,) = re.findall(r"^    mem_limit: (\S+)$", service, re.MULTILINE)
    (swap,) = re.findall(r"^    memswap_limit: (\S+)$", service, re.MULTILINE)
    (temporary,) = re.findall(r"^    tmpfs: .*:size=(\d+m),", service, re.MULTILINE)
    assert _megabytes(limit) == _megabytes(swap) == _needed(_composed()) + _megabytes(temporary)


@pytest.mark.parametrize("file", ["nbkg.service", "writing.conf"])
def test_the_memory_of_the_unit_adds_up(file: str) -> None:
    assert _megabytes(_unit()["MemoryMax"][0]) == _needed(_commands()[file])


def test_the_drop_in_serves_as_the_unit_does() -> None:
    unit, drop_in = _options(_commands()["nbkg.service"]), _options(_commands()["writing.conf"])
    assert drop_in.pop("--write-token-file") == "${CREDENTIALS_DIRECTORY}/write-token"
    assert unit == drop_in
    assert _unit("writing.conf")["ExecStart"][0] == _unit("writing.conf")["ExecStartPre"][0] == ""
    assert _unit("writing.conf")["LoadCredential"] == ["write-token:/etc/nbkg/write-token"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("CapabilityBoundingSet", ""),
        ("LimitNOFILE", "65536"),
        ("NoNewPrivileges", "yes"),
        ("PrivateTmp", "yes"),
        ("ProtectHome", "yes"),
        ("ProtectSystem", "strict"),
        ("Restart", "on-failure"),
        ("StateDirectory", "nbkg"),
        ("TasksMax", "512"),
        ("User", "nbkg"),
    ],
)
def test_the_unit_lets_nothing_loose(key: str, value: str) -> None:
    assert _unit()[key] == [value]


def test_the_unit_is_one() -> None:
    """As systemd reads it; but for the program, which is not installed here."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not there")
    command = ["systemd-analyze", "verify", str(FOLDER / "nbkg.service")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    faults = [line for line in told.splitlines() if "nbkg.service" in line and "not executable" not in line]
    assert faults == []


def test_the_containers_let_nothing_loose() -> None:
    both = re.search(r"^x-restricted: &restricted\n((?:  .*\n)+)", _text("compose.yaml"), re.MULTILINE)
    assert both
    for line in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]', "init: true"):
        assert f"  {line}\n" in both[1]
    for name in ("load", "serve"):
        assert "    <<: *restricted\n" in _service(name)
        assert not re.search(r"privileged|cap_add|user: (root|0)|network_mode: host", _service(name))
    assert re.findall(r'ports: \["(.*)"\]', _text("compose.yaml")) == ["127.0.0.1:8000:8000"]


def test_compose_parses() -> None:
    """As YAML where a parser is there; the other tests read its lines."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not there")
    found = yaml.safe_load(_text("compose.yaml"))
    assert set(found["services"]) == {"load", "serve"}
    assert found["services"]["serve"]["command"] == _composed()
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in found["services"].values())
    assert found["services"]["load"]["build"]["dockerfile"] == "docs/deploy/Dockerfile"
    assert (FOLDER / found["services"]["load"]["build"]["context"]).resolve() == ROOT


def test_the_image_is_made_of_what_is_there() -> None:
    text = _text("Dockerfile")
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE)]
    sent = re.findall(r"^!(.*)$", _text("Dockerfile.dockerignore"), re.MULTILINE)
    for name in (name for names in copied for name in names):
        assert (ROOT / name).exists(), name
        assert any(name == start or name.startswith(f"{start}/") for start in sent), (
            f"{name} is not sent to the builder"
        )


def test_the_image_installs_by_hash_and_runs_without_rights() -> None:
    text = _text("Dockerfile").replace("\\\n", " ")
    installs = re.findall(r"pip .*?install ([^&\n]*)", text)
    assert installs
    assert all("--require-hashes" in install or "--no-index" in install for install in installs)
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["10001"]
    assert "--uid 10001" in text
    (health,) = re.findall(r'^HEALTHCHECK .*CMD \["python", "-c", "(.*)"\]$', text, re.MULTILINE)
    compile(health, "Dockerfile", "exec")
    assert f"http://127.0.0.1:{_options(_commands()['Dockerfile'])['--port']}/healthz" in health


@pytest.mark.parametrize("file", ["nginx.conf", "Caddyfile"])
def test_the_proxy_tells_or_removes_what_is_trusted(file: str) -> None:
    text = _text(file)
    assert _options(_commands()["nbkg.service"])["--proxy-hops"] == "1"
    told = {"nginx.conf": ("For", "Proto", "Host", "Prefix"), "Caddyfile": ("Prefix",)}[file]
    assert [name for name in told if f"X-Forwarded-{name}" not in text] == []
    assert f"127.0.0.1:{_options(_commands()['nbkg.service'])['--port']}" in text
    (wait,) = re.findall(r"(?:proxy_read_timeout|response_header_timeout) (\d+)s", text)
    assert int(wait) > int(_options(_commands()["nbkg.service"])["--time-limit"])


def test_no_proxy_passes_on_the_host_that_a_client_names() -> None:
    """nginx's only server of an address answers for every name, so `$host` would be whatever a client sends."""
    stated = re.findall(r"X-Forwarded-Host (\S+);|return 308 https://(\S+?)\$request_uri", _text("nginx.conf"))
    assert ["".join(pair) for pair in stated] == ["$server_name", "$server_name"]
    (site,) = re.findall(r"^(\S+) \{$", _text("Caddyfile"), re.MULTILINE)
    assert re.fullmatch(r"[a-z0-9.-]+", site)


def test_a_body_that_is_a_little_too_large_reaches_nbkg() -> None:
    (limit,) = re.findall(r"client_max_body_size (\S+);", _text("nginx.conf"))
    assert _megabytes(limit) << 20 > MAX_BODY
    assert not re.search(r"^\s*(?:request_body|max_size)\b", _text("Caddyfile"), re.MULTILINE)


def test_the_proxy_leaves_the_coding_to_nbkg() -> None:
    assert re.search(r"^    gzip off;$", _text("nginx.conf"), re.MULTILINE)
    assert re.search(r"^\t\t\tcompression off$", _text("Caddyfile"), re.MULTILINE)
    assert not re.search(r"^\s*encode\b", _text("Caddyfile"), re.MULTILINE)


def test_the_figures_to_watch_are_told() -> None:
    figures = {f"{metric.name}_total" if metric.type == "counter" else metric.name for metric in REGISTRY.collect()}
    watched = set(re.findall(r"`(nbkg_\w+)`", _text("README.md")))
    assert watched
    assert watched <= figures
