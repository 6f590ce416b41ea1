"""The arguments of a request: which each verb takes, and which values they may have (section 4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError

Pairs = Sequence[tuple[str, str]]
_LONGEST = 10_000
"""Characters of a value that is read."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_SET = re.compile(rf"{_PREFIX.pattern}(?::{_PREFIX.pattern})*")


class Verb(NamedTuple):
    """The arguments of a verb."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    is_list: bool = False
    """Whether it takes a resumption token in place of all other arguments."""


_RANGE = frozenset({"from", "until", "set"})
VERBS: Mapping[str, Verb] = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=frozenset({"identifier"})),
    "ListSets": Verb(is_list=True),
    "GetRecord": Verb(required=frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": Verb(frozenset({"metadataPrefix"}), _RANGE, is_list=True),
    "ListRecords": Verb(frozenset({"metadataPrefix"}), _RANGE, is_list=True),
}
TOKEN = "resumptionToken"  # noqa: S105  # the name of an argument


def read_pairs(text: bytes) -> Pairs:
    """Return the names and values of a query string or a form. Raises OaiPmhError where they are not UTF-8."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError as error:  # UnicodeDecodeError is one
        raise OaiPmhError("badArgument", "the arguments are no form in UTF-8, percent-encoded") from error


def check_arguments(pairs: Pairs) -> Mapping[str, str]:
    """Return the arguments by name, which are right for their verb. Raises OaiPmhError."""
    arguments = dict(pairs)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        problem = "the argument verb is missing" if not verbs else f"verb must be one of {', '.join(VERBS)}, once"
        raise OaiPmhError("badVerb", problem)
    _check_names(arguments["verb"], pairs)
    for name, value in arguments.items():
        _check_value(name, value)
    return arguments


def _check_names(verb: str, pairs: Pairs) -> None:
    names = Counter(name for name, _value in pairs if name != "verb")
    if repeated := sorted(name for name, count in names.items() if count > 1):
        raise _bad(f"{_listed(repeated)}: given more than once")
    rules = VERBS[verb]
    if TOKEN in names and rules.is_list:
        if len(names) > 1:
            raise _bad(f"{TOKEN} is exclusive: leave out {_listed(sorted(set(names) - {TOKEN}))}")
        return
    if unknown := sorted(set(names) - rules.required - rules.optional):
        raise _bad(f"{_listed(unknown)}: not an argument of {verb}")
    if missing := sorted(rules.required - set(names)):
        raise _bad(f"{verb} needs {_listed(missing)}")


def _check_value(name: str, value: str) -> None:
    if len(value) > _LONGEST or _ILLEGAL.search(value):
        raise _bad(f"{name}: the value is too long, or has a character that XML cannot hold")
    pattern = {"metadataPrefix": _PREFIX, "set": _SET}.get(name)
    if pattern and not pattern.fullmatch(value):
        raise _bad(f"{name}: the value has a character that it cannot have, or is empty")


def _listed(names: Iterable[str]) -> str:
    """Return names as they may stand in a message: at most a few, and cut."""
    return ", ".join(_ILLEGAL.sub("\ufffd", name[:40]) for name in list(names)[:5])


def _bad(message: str) -> OaiPmhError:
    return OaiPmhError("badArgument", message)
