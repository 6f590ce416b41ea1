"""Profiles of records in JSON: where the values stand and which statements they become (docs/json-records.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from loader.errors import CuratedError
from loader.json_records.profile_tables import Tables, read_tables
from loader.json_records.readings import Reading, reading_of
from loader.namespaces import PREFIXES

_OBJECT = re.compile(r'<(?P<iri>[^>]*)>|"(?P<text>.*)"(?:@(?P<language>[\w{}-]+)|\^\^(?P<datatype>\S+))?', re.DOTALL)
_FOLDER = files("data").joinpath("json-profiles")


@dataclass(frozen=True)
class Variable:
    """A named value of a record, by one of several ways: a path, another variable, templates, or a constant."""

    name: str
    paths: tuple[str, ...] = ()
    of: str = ""
    """The variable whose value is read."""
    constant: str = ""
    first: tuple[str, ...] = ()
    """Templates of a text: the first one counts that has all its variables and can be read."""
    iri: tuple[str, ...] = ()
    """Templates of an IRI, in the same way."""
    hash: tuple[tuple[str, ...], ...] = ()
    """Names of variables: the first row counts that has all values, and their hash is the value."""
    pattern: re.Pattern[str] | None = None
    """What the text must hold; its first group, where it has one, is the value."""
    gives: str = ""
    """The value where the pattern matches."""
    table: str = ""
    column: str = ""
    default: str = ""
    read: Reading | None = None
    reading: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    report: bool = True
    """Whether a text that cannot be read is reported."""
    missing: str = ""
    """What is missing where there is no value: words for the report."""


@dataclass(frozen=True)
class ObjectTemplate:
    """The object of a statement: the template of an IRI or of a literal."""

    iri: str = ""
    text: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class ProfileNode:
    """A node of the graph with its statements, and the one that leads to it."""

    about: str
    link: tuple[str, str] | None
    """The template of the subject and the predicate of the statement that leads here."""
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    statements: tuple[tuple[str, ObjectTemplate], ...]


@dataclass(frozen=True)
class ProfileGroup:
    """Nodes that are made for each value at a path."""

    each: tuple[str, ...]
    """None, one or two paths, the second one within the first."""
    outer: tuple[Variable, ...]
    """Variables of the first path, where there are two."""
    variables: tuple[Variable, ...]
    nodes: tuple[ProfileNode, ...]


@dataclass(frozen=True)
class RecordStates:
    """Which records are published, and what remains of others."""

    path: str
    live: frozenset[str]
    withdrawn: frozenset[str]
    withheld: frozenset[str]
    about: str
    replacement: str
    variables: tuple[Variable, ...]


@dataclass(frozen=True)
class JsonProfile:
    """What the records of one system in JSON become."""

    name: str
    graph: str
    records: tuple[str, ...]
    key: str
    candidates: tuple[str, ...]
    """Variables that two records have in common only where they may describe one thing."""
    numbers_of_things: frozenset[str]
    states: RecordStates | None
    variables: tuple[Variable, ...]
    groups: tuple[ProfileGroup, ...]
    tables: Tables


def read_json_profile(name: str) -> JsonProfile:
    """Return the profile `data/json-profiles/{name}.toml`. Raises CuratedError where there is none, or it is wrong."""
    file = _FOLDER.joinpath(f"{name}.toml")
    if not re.fullmatch(r"[\w-]+", name) or not file.is_file():
        raise CuratedError("there is no such profile of JSON; name one by dcterms:conformsTo", file=f"{name}.toml")
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return JsonProfile(
        name=name,
        graph=content["graph"],
        records=tuple(content["records"]),
        key=content["key"],
        candidates=tuple(content.get("candidates", ())),
        numbers_of_things=frozenset(content.get("numbers_of_things", ())),
        states=_states(content["state"]) if "state" in content else None,
        variables=_variables(content.get("variables", {})),
        groups=tuple(_group(each) for each in content["groups"]),
        tables=read_tables(_FOLDER, content),
    )


def _states(content: Mapping[str, Any]) -> RecordStates:
    return RecordStates(
        path=content["path"],
        live=frozenset(content["live"]),
        withdrawn=frozenset(content["withdrawn"]),
        withheld=frozenset(content["withheld"]),
        about=content["about"],
        replacement=content["replacement"],
        variables=_variables(content.get("variables", {})),
    )


def _variables(content: Mapping[str, Any]) -> tuple[Variable, ...]:
    return tuple(_variable(name, each) for name, each in content.items())


def _variable(name: str, content: Any) -> Variable:
    if not isinstance(content, dict):
        return Variable(name, paths=_texts(content))
    rest = {key: value for key, value in content.items() if key in {"of", "constant", "gives", "table", "column"}}
    return Variable(
        name,
        paths=_texts(content.get("path", ())),
        first=_texts(content.get("first", ())),
        iri=_texts(content.get("iri", ())),
        hash=tuple(tuple(row) for row in content.get("hash", ())),
        pattern=re.compile(content["pattern"]) if "pattern" in content else None,
        read=reading_of(content["read"]) if "read" in content else None,
        reading=content.get("read", ""),
        needs=_texts(content.get("needs", ())),
        unless=_texts(content.get("unless", ())),
        report=content.get("report", True),
        default=content.get("default", ""),
        missing=content.get("missing", ""),
        **rest,
    )


def _group(content: Mapping[str, Any]) -> ProfileGroup:
    return ProfileGroup(
        each=_texts(content.get("each", ())),
        outer=_variables(content.get("outer", {})),
        variables=_variables(content.get("variables", {})),
        nodes=tuple(_node(each) for each in content["nodes"]),
    )


def _node(content: Mapping[str, Any]) -> ProfileNode:
    link = content.get("link")
    statements = [
        (expand(predicate), _object(template))
        for predicate, templates in content.get("statements", {}).items()
        for template in _texts(templates)
    ]
    needs, unless = _texts(content.get("needs", ())), _texts(content.get("unless", ()))
    return ProfileNode(content["about"], (link[0], expand(link[1])) if link else None, needs, unless, tuple(statements))


def _object(template: str) -> ObjectTemplate:
    match = _OBJECT.fullmatch(template)
    if match is None:
        raise CuratedError(f"“{template}” is no template of an IRI or a literal", file="json-profiles")
    parts = {name: text or "" for name, text in match.groupdict().items()}
    return ObjectTemplate(**{**parts, "datatype": expand(parts["datatype"])})


def _texts(content: str | Sequence[str]) -> tuple[str, ...]:
    return (content,) if isinstance(content, str) else tuple(content)


def expand(compact: str) -> str:
    """Return a compact IRI in full."""
    prefix, _, local = compact.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else compact
