"""What changed, for people: Markdown, by class, with the labels that the data has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from loader.changes.labels import Labels, find_labels, text_of
from loader.changes.tally import ClassTally, Tally, ValueChange, Values

_MAX_LENGTH = 120
"""Characters of a value that are printed."""
_MAX_VALUES = 3
"""Values that are printed on each side."""
_MARKS = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)")
"""What Markdown takes for its own within a line."""
_COUNTS = ("created", "updated", "deleted")


@dataclass(frozen=True)
class Step:
    """The two versions; `issued` is the date of the later one, empty where it is no release."""

    previous: str
    version: str
    issued: str


def read_words(language: str) -> Mapping[str, str]:
    """Return the words of a summary in a language."""
    text = (files("loader.changes") / "words.toml").read_text(encoding="utf-8")
    words: Mapping[str, str] = tomllib.loads(text)[language]
    return words


def summarize(tally: Tally, step: Step, versions: Iterable[Iterable[bytes]], language: str) -> str:
    """Return the section of one step, headed by its version; labels come from `versions`, as `find_labels` has it."""
    return _Section(find_labels(versions, set(_terms(tally)), language), read_words(language)).text(tally, step)


def first_section(version: str, language: str) -> str:
    """Return the section of a release that has none before it."""
    return f"## {version}\n\n{read_words(language)['first']}\n"


def changelog(section: str, earlier: str, language: str) -> str:
    """Return `CHANGES.md`: the newest section, then those of the `CHANGES.md` of the release before."""
    _, heading, rest = earlier.partition("\n## ")
    return f"# {read_words(language)['title']}\n\n{section}{heading}{rest}"


def _terms(tally: Tally) -> Iterator[bytes]:
    """Yield all terms that a summary prints."""
    for kind, of_class in tally.classes.items():
        yield kind
        yield from of_class.properties
        for named in of_class.named.values():
            yield from named
        for examples in of_class.examples.values():
            for example in examples:
                yield from (example.subject, *example.before, *example.after)


@dataclass(frozen=True)
class _Section:
    """Prints a tally with some labels and words."""

    labels: Labels
    words: Mapping[str, str]

    def text(self, tally: Tally, step: Step) -> str:
        counts = {"removed": tally.removed, "added": tally.added, "entities": tally.entities}
        intro = self.words["from"].format(previous=step.previous, version=step.version, **counts)
        parts = [f"## {step.version}", intro] + ([] if tally.removed or tally.added else [self.words["nothing"]])
        by_class = sorted(tally.classes.items(), key=lambda item: (self._name(item[0]), item[0]))
        parts += ["\n".join(self._line(kind, of_class) for kind, of_class in by_class)] if by_class else []
        parts += ["\n".join(self._class(kind, of_class)) for kind, of_class in by_class]
        return "\n\n".join(parts) + "\n"

    def _line(self, kind: bytes, of_class: ClassTally) -> str:
        """Return a class in one line: how many resources are new, deleted and changed, and their changed properties."""
        counts = [self.words[what].format(count=count) for what in _COUNTS if (count := getattr(of_class, what))]
        properties = [f"{self._name(changed)} {count}" for changed, count in _by_count(of_class)]
        return f"- **{self._heading(kind)}** – {', '.join(counts)}" + (
            f" ({', '.join(properties)})" if properties else ""
        )

    def _heading(self, kind: bytes) -> str:
        return self._name(kind) if kind else self.words["other"]

    def _class(self, kind: bytes, of_class: ClassTally) -> Iterator[str]:
        yield f"### {self._heading(kind)}\n"
        for what in ("created", "deleted"):
            if count := getattr(of_class, what):
                yield f"- {self.words[what].format(count=count)}"
                yield from (f"  - {self._resource(subject)}" for subject in of_class.named[what])
                yield from self._more(count, len(of_class.named[what]))
        if of_class.updated:
            yield f"- {self.words['updated'].format(count=of_class.updated)}"
        for changed, count in _by_count(of_class):
            yield f"- {self.words['property'].format(count=count, property=f'*{self._name(changed)}*')}"
            examples = [example for example in of_class.examples[changed] if self._is_readable(example)]
            yield from (f"  - {self._example(example)}" for example in examples)
            yield from self._more(count, len(examples)) if examples else ()

    def _more(self, count: int, printed: int) -> Iterator[str]:
        if count > printed:
            yield f"  - {self.words['more'].format(count=count - printed)}"

    def _is_readable(self, example: ValueChange) -> bool:
        """Return whether a value is a literal or has a label: addresses alone tell people nothing."""
        return any(value.startswith(b'"') or value in self.labels for value in (*example.before, *example.after))

    def _example(self, example: ValueChange) -> str:
        removed = tuple(value for value in example.before if value not in example.after)
        added = tuple(value for value in example.after if value not in example.before)
        return f"{self._resource(example.subject)}: {self._values(removed)} → {self._values(added)}"

    def _values(self, values: Values) -> str:
        quoted = [f"“{_escape(_shorten(self._text(v)))}”" for v in values[:_MAX_VALUES] if not v.startswith(b"_:")]
        rest = ["…"] if len(quoted) < len(values) else []
        return ", ".join(quoted + rest) or self.words["none"]

    def _resource(self, subject: bytes) -> str:
        label = self.labels.get(subject)
        iri = subject.decode()
        return f"{_escape(_shorten(label))} ({iri})" if label else iri

    def _name(self, term: bytes) -> str:
        """Return a label or value of the data in one line, without anything that Markdown takes for its own."""
        return _escape(self._text(term))

    def _text(self, term: bytes) -> str:
        return self.labels.get(term) or text_of(term)


def _escape(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def _by_count(of_class: ClassTally) -> list[tuple[bytes, int]]:
    return sorted(of_class.properties.items(), key=lambda item: (-item[1], item[0]))


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _MAX_LENGTH else f"{flat[: _MAX_LENGTH - 1].rpartition(' ')[0]} …"
