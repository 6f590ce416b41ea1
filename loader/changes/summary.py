"""What changed, for people: Markdown, by class, with the names that the data gives."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from loader.changes.labels import Labels, labels, short
from loader.changes.tally import Class, Example, Tally, Values

_LONG = 120
"""Characters of a value that are shown."""
_VALUES = 3
"""Values that are shown on each side."""
_FATES = ("created", "updated", "deleted")
LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Step:
    """From which version to which; `issued` is the date of the later one, empty where it is no release."""

    previous: str
    version: str
    issued: str


def words(language: str) -> Mapping[str, str]:
    """The words of a summary in a language."""
    text = (files("loader.changes") / "words.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(text)[language]
    return found


def names(tally: Tally, versions: Iterable[Iterable[bytes]], language: str) -> Labels:
    """The names of all that the summary tells of; `versions` as `labels` takes them."""
    return labels(versions, set(_told(tally)), language)


def summary(tally: Tally, step: Step, names: Labels, language: str) -> str:
    """The section of one step, headed by its version."""
    say = words(language)
    counts = {"removed": tally.removed, "added": tally.added, "entities": tally.entities}
    told = say["from"].format(previous=step.previous, version=step.version, **counts)
    parts = [f"## {step.version}", told] + ([] if tally.removed or tally.added else [say["nothing"]])
    of_classes = sorted(tally.classes.items(), key=lambda each: (_name(each[0], names), each[0]))
    parts += ["\n".join(_line(kind, found, names, say) for kind, found in of_classes)] if of_classes else []
    parts += ["\n".join(_class(kind, found, names, say)) for kind, found in of_classes]
    return "\n\n".join(parts) + "\n"


def first(version: str, language: str) -> str:
    """The section of a release that has none before it."""
    return f"## {version}\n\n{words(language)['first']}\n"


def changelog(section: str, earlier: str, language: str) -> str:
    """`CHANGES.md`: the newest section, then those of the `CHANGES.md` of the release before."""
    kept = earlier.partition("\n## ")
    return f"# {words(language)['title']}\n\n{section}" + (f"\n## {kept[2]}" if kept[1] else "")


def _told(tally: Tally) -> Iterator[bytes]:
    for kind, found in tally.classes.items():
        yield kind
        yield from found.properties
        for named in found.named.values():
            yield from named
        for examples in found.examples.values():
            for example in examples:
                yield from (example.subject, *example.before, *example.after)


def _line(kind: bytes, found: Class, names: Labels, say: Mapping[str, str]) -> str:
    """A class in one line: how many are new, gone and changed, and what of them."""
    counts = [say[what].format(count=count) for what in _FATES if (count := getattr(found, what))]
    of = [f"{_name(changed, names)} {count}" for changed, count in _often(found)]
    return f"- **{_head(kind, names, say)}** – {', '.join(counts)}" + (f" ({', '.join(of)})" if of else "")


def _often(found: Class) -> list[tuple[bytes, int]]:
    return sorted(found.properties.items(), key=lambda each: (-each[1], each[0]))


def _head(kind: bytes, names: Labels, say: Mapping[str, str]) -> str:
    return _name(kind, names) if kind else say["other"]


def _class(kind: bytes, found: Class, names: Labels, say: Mapping[str, str]) -> Iterator[str]:
    yield f"### {_head(kind, names, say)}\n"
    for what in ("created", "deleted"):
        if count := getattr(found, what):
            yield f"- {say[what].format(count=count)}"
            yield from (f"  - {_thing(subject, names)}" for subject in found.named[what])
            yield from _more(count, len(found.named[what]), say)
    if found.updated:
        yield f"- {say['updated'].format(count=found.updated)}"
    for changed, count in _often(found):
        yield f"- {say['property'].format(count=count, property=f'*{_name(changed, names)}*')}"
        examples = [example for example in found.examples[changed] if _says(example, names)]
        yield from (f"  - {_example(example, names, say)}" for example in examples)
        yield from _more(count, len(examples), say) if examples else ()


def _more(count: int, shown: int, say: Mapping[str, str]) -> Iterator[str]:
    if count > shown:
        yield f"  - {say['more'].format(count=count - shown)}"


def _says(example: Example, names: Labels) -> bool:
    """Whether a value is a literal or has a name: addresses alone tell people nothing."""
    return any(value.startswith(b'"') or value in names for value in (*example.before, *example.after))


def _example(example: Example, names: Labels, say: Mapping[str, str]) -> str:
    went = tuple(value for value in example.before if value not in example.after)
    came = tuple(value for value in example.after if value not in example.before)
    return f"{_thing(example.subject, names)}: {_values(went, names, say)} → {_values(came, names, say)}"


def _values(values: Values, names: Labels, say: Mapping[str, str]) -> str:
    shown = [f"“{_cut(_name(value, names))}”" for value in values[:_VALUES] if not value.startswith(b"_:")]
    rest = ["…"] if len(shown) < len(values) else []
    return ", ".join(shown + rest) or say["none"]


def _thing(subject: bytes, names: Labels) -> str:
    name = names.get(subject)
    iri = subject.decode()
    return f"{_cut(name)} ({iri})" if name else iri


def _name(term: bytes, names: Labels) -> str:
    return names.get(term) or short(term)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else f"{flat[: _LONG - 1].rpartition(' ')[0]} …"
