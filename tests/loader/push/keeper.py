"""A Graph Store that keeps what it is sent, and the command that sends."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from click.testing import CliRunner, Result

from loader.cli import nbkg


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def graph(self) -> str | None:
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return None if "default" in query else query["graph"][0]


Answer = tuple[int, dict[str, str], bytes] | None
"""Status, headers, body; None breaks the connection."""
DONE: Answer = (204, {}, b"")


@dataclass
class Keeper:
    """Answers by `answer`, and keeps the graphs of what was answered with 2xx."""

    answer: Callable[[Asked], Answer] = lambda _: DONE
    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    graphs: dict[str | None, set[str]] = field(default_factory=dict)

    def take(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        answer = self.answer(asked)
        if answer and answer[0] < 300:
            kept = self.graphs.setdefault(asked.graph, set())
            if asked.method == "PUT":
                kept.clear()
            kept.update(asked.body.decode().splitlines())
        return answer

    @property
    def methods(self) -> list[str]:
        return [asked.method for asked in self.asked]


def load(*given: object) -> Result:
    return CliRunner().invoke(nbkg, ["load", *map(str, given)])


def written(folder: Path, text: str, name: str = "data.nq") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def triples(number: int, graph: str = "<urn:g>") -> str:
    return "".join(f'<urn:s{n}> <urn:p> "{n}" {graph} .\n' for n in range(number))


def failing(kept: Keeper, *answers: Answer) -> None:
    """The first requests get these answers."""
    left = list(answers)
    kept.answer = lambda _: left.pop(0) if left else DONE


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
