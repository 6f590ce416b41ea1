"""The titles, volumes and contents of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loader.cluster.description.catalogue_words import read_catalogue_words
from loader.cluster.description.record_description import Titles
from loader.cluster.values import fold_words
from nbkg.records.record import MarcField

Fields = Mapping[str, Sequence[MarcField]]
"""The fields of a record by their tags."""

_SUBTITLE = re.compile(r"\s[:=]\s|\s:|:\s")
_STATEMENT = re.compile(r"\s/\s.*$")
_WORKS = re.compile(r"\s;\s")
_CONTENTS = re.compile(r"\s--\s|\s;\s|;\s| - ")
_CONTENTS_HEAD = re.compile(r"^(?:innhold|contents|contenido|inhalt|inneheld)\s*:\s*", re.IGNORECASE)
_RESPONSIBLE = re.compile(r"\s/\s.*$| av [A-ZÆØÅ].*$| by [A-Z].*$")
_YEAR = range(1400, 2100)


def title_key(text: str) -> str:
    """Return a title as a key: its words without blanks, and without an article at the beginning."""
    return "".join(_without_article(fold_words(text)))


def _without_article(words: Sequence[str]) -> Sequence[str]:
    """Return the words without an article at the beginning, and without “and”, for which others write “&”."""
    known = read_catalogue_words()
    words = words[1:] if len(words) > 1 and words[0] in known.articles else words
    return [word for word in words if word not in known.links] or words


def read_titles(fields: Fields) -> Titles:
    """Return the titles of a record."""
    title = next(iter(fields.get("245", ())), None)
    if title is None:
        return Titles("")
    main, subtitle = _split_main(title)
    subtitle_key = "".join(fold_words(subtitle))
    is_kind = subtitle_key in read_catalogue_words().kinds
    return Titles(
        "".join(_without_article(_without_volume(fold_words(main)))),
        "" if is_kind else "".join(_without_article(_without_volume(fold_words(subtitle)))),
        _keys(_iter_others(fields)),
        _keys(_iter_originals(fields)),
        (*fold_words(main), *fold_words(subtitle)),
    )


def _split_main(title: MarcField) -> tuple[str, str]:
    """Return the main title with the name of a part, and the subtitle."""
    main = _STATEMENT.sub("", " ".join(title.values("a")))
    rest = " ".join(_STATEMENT.sub("", value) for value in title.values("b"))
    parts = " ".join(title.values("p"))
    head, *tail = _SUBTITLE.split(main, maxsplit=1)
    return f"{head} {parts}", " ".join([*tail, rest]).strip()


def _keys(texts: Iterable[str]) -> tuple[str, ...]:
    generic = read_catalogue_words().generic
    keys = dict.fromkeys(map(title_key, texts))
    return tuple(key for key in keys if len(key) > 3 and key not in generic)


def _iter_others(fields: Fields) -> Iterator[str]:
    """Yield other titles of the thing itself: parallel titles, titles on the cover, with the subtitle and without."""
    for field in fields.get("246", ()):
        if not _is_original(field):
            yield from _title_and_subtitle(field)
    for field in (*fields.get("245", ()), *fields.get("242", ())):
        yield " ".join(field.values("ab"))


def _title_and_subtitle(field: MarcField) -> Iterator[str]:
    yield " ".join(field.values("abnp"))


def _is_original(field: MarcField) -> bool:
    return bool(read_catalogue_words().original_phrases.search(" ".join(field.values("i"))))


def _iter_originals(fields: Fields) -> Iterator[str]:
    """Yield titles of what this is a translation or a new edition of."""
    for tag in ("130", "240"):
        for field in fields.get(tag, ()):
            yield " ".join(field.values("anp"))
    for field in fields.get("246", ()):
        if _is_original(field):
            yield " ".join(field.values("abnp"))
    for tag in ("765", "534"):
        for field in fields.get(tag, ()):
            yield _STATEMENT.sub("", " ".join(field.values("t")))
    yield from _iter_related(fields)
    yield from _iter_noted(fields)


def _iter_related(fields: Fields) -> Iterator[str]:
    """Yield titles of works that $i of an added entry says this is a translation of."""
    for tag in ("700", "710", "730"):
        for field in fields.get(tag, ()):
            if _is_original(field):
                yield " ".join(field.values("a" if tag == "730" else "tnp"))


def _iter_noted(fields: Fields) -> Iterator[str]:
    for field in (*fields.get("500", ()), *fields.get("534", ()), *fields.get("765", ())):
        text = " ".join(field.values("abpt"))
        low = text.lower()
        for pattern in read_catalogue_words().original_notes:
            if match := pattern.search(low):
                yield _RESPONSIBLE.sub("", text[match.start("title") : match.end("title")]).rstrip(" .")


def read_contents(fields: Fields) -> tuple[str, ...]:
    """Return the titles of the works that a record holds, as keys; none where it holds only one."""
    texts = [" ".join(field.values("atr")) for field in fields.get("505", ())]
    titles = [_STATEMENT.sub("", " ".join(field.values("ab"))) for field in fields.get("245", ())]
    texts += [title for title in titles if _WORKS.search(title)]
    works = [_RESPONSIBLE.sub("", work) for text in texts for work in _CONTENTS.split(_CONTENTS_HEAD.sub("", text))]
    keys = tuple(dict.fromkeys(key for key in map(title_key, works) if len(key) > 2))
    return keys if len(keys) > 1 else ()


def read_volume(fields: Fields) -> tuple[int, ...]:
    """Return the numbers of the volume, in however many ways they are written, the largest part first."""
    texts = {code: [text for field in fields.get("245", ())[:1] for text in field.values(code)] for code in "nabp"}
    numbers = [number for text in texts["n"] for number in _numbers(fold_words(text))]
    numbers = numbers or [
        number for code in "abp" for text in texts[code] for number in _named_numbers(fold_words(text))
    ]
    years = [number for text in texts["a"] for number in _numbers(_years_of(fold_words(_STATEMENT.sub("", text))))]
    return (*numbers, *years, *_meeting_numbers(fields))


def _meeting_numbers(fields: Fields) -> list[int]:
    """Return the numbers of the meetings of which a record has the papers."""
    meetings = [field for tag in ("111", "711") for field in fields.get(tag, ())]
    return [number for field in meetings[:1] for text in field.values("n") for number in _numbers(fold_words(text))[:1]]


def _years_of(words: Sequence[str]) -> Sequence[str]:
    """Return the years in a title of other words, which tell a yearbook from that of another year."""
    return [word for word in words if word.isdecimal() and int(word) in _YEAR] if len(words) > 1 else []


def _numbers(words: Sequence[str]) -> list[int]:
    return [number for word in words if (number := _number(word)) is not None]


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return read_catalogue_words().numbers.get(word)


def _named_numbers(words: Sequence[str]) -> list[int]:
    """Return the numbers that stand before or after a word for volumes: “2. bind, andre del”."""
    return [number for position, number, _ in _volume_places(words) if number is not None]


def _volume_places(words: Sequence[str]) -> Iterator[tuple[int, int | None, int]]:
    """Yield where a word for volumes stands, its number, and where that is."""
    names = read_catalogue_words().volumes
    used: set[int] = set()
    for position, word in enumerate(words):
        if word in names:
            for where in (position - 1, position + 1):
                number = _number(words[where]) if 0 <= where < len(words) and where not in used else None
                if number is not None and number not in _YEAR and (len(word) > 1 or words[where].isdecimal()):
                    used.add(where)
                    yield position, number, where
                    break


def _without_volume(words: Sequence[str]) -> Sequence[str]:
    """Return the words without those that say which volume it is."""
    places = {where for position, _, number in _volume_places(words) for where in (position, number)}
    years = _years_of(words)
    return [word for position, word in enumerate(words) if position not in places and word not in years]


def read_title_numbers(titles: Titles, volume: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers in the title that are no volumes: “Årboka 2019”."""
    numbers = {int(word) for word in titles.words if word.isdecimal() and len(word) < 9}
    return tuple(sorted(numbers.difference(volume)))
