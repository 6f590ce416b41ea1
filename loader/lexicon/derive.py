"""Derives the lists of Norwegian words in `data/lexicon/` from Norsk ordbank, as the package spacy-lookups-data has it.

    pip download --no-deps spacy-lookups-data==1.0.5
    python -m loader.lexicon.derive spacy_lookups_data-1.0.5-py2.py3-none-any.whl data/lexicon

The package lists inflected forms with their words, but not which words are compounds; `loader.lexicon.compounds` finds
these. Nothing else is read, so the same package always gives the same lists.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from loader.lexicon.compounds import Compounds, Paradigms, find_compounds
from nbkg.errors import DataError
from nbkg.text_index.analysis import strip_endings

SHA256 = "466f21f087e4144bc93800679437ec5a17be7d0888734b1ba880b3ecb0978bc6"
"""The checksum of the package that the committed lists are made from."""
_FORMS = "spacy_lookups_data/data/nb_lemma_exc.json.gz"
_SMALL = "spacy_lookups_data/data/nb_lemma_lookup.json.gz"
"""Prepositions, pronouns and the like."""
_SHORTEST_IRREGULAR = 3
_SOURCE = "# From Norsk ordbank (CC BY 4.0), by loader/lexicon/derive.py; see README.md.\n"


def derive(package: Path, folder: Path, sha256: str = SHA256) -> None:
    """Write words.txt and irregular.txt into a folder.

    Raises `DataError` where the package is another one than that of the checksum.
    """
    if (checksum := hashlib.sha256(package.read_bytes()).hexdigest()) != sha256:
        raise DataError(f"{package} has the SHA-256 {checksum}, but the lists are made from that with {sha256}")
    paradigms = read_paradigms(package)
    compounds = find_compounds(paradigms)
    words = {word for forms_of in paradigms.values() for word in forms_of} - compounds.words
    (folder / "words.txt").write_text(_SOURCE + "".join(_sections(words, compounds)), encoding="utf-8")
    lines = (f"{form} {' '.join(of)}\n" for form, of in find_irregular(paradigms, words).items())
    (folder / "irregular.txt").write_text(_SOURCE + "".join(lines), encoding="utf-8")


def read_paradigms(package: Path) -> Paradigms:
    """Return the forms of each word by its part of speech; names, abbreviations and phrases are left out."""
    with zipfile.ZipFile(package) as archive:
        table, small = (json.loads(gzip.decompress(archive.read(name))) for name in (_FORMS, _SMALL))
    table["other"] = {form: [word] for form, word in small.items()}
    paradigms: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in table}
    for kind, words_of in table.items():
        for form, words in words_of.items():
            for word in filter(_is_plain, words if _is_plain(form) else ()):
                paradigms[kind][word].add(form)
    return paradigms


def find_irregular(paradigms: Paradigms, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the forms of words that the table of endings does not lead to, with all words that they are forms of."""
    words_of = defaultdict[str, set[str]](set)
    for forms_of in paradigms.values():
        for word in forms_of.keys() & words:
            for form in forms_of[word]:
                words_of[form].add(word)
    irregular = {}
    for form in sorted(words_of):
        others = words_of[form] - {form, f"{form}e"}  # an imperative is not looked for
        if len(form) >= _SHORTEST_IRREGULAR and not others.issubset(strip_endings(form, words.__contains__)):
            irregular[form] = tuple(sorted(others))
    return irregular


def _is_plain(word: str) -> bool:
    return word.isalpha() and word.islower()


def _sections(words: Collection[str], compounds: Compounds) -> Iterator[str]:
    """Yield the words in four parts, each after a comment, which `nbkg.text_index.lexicon` reads in this order."""
    begin, end = compounds.heads, compounds.tails
    yield from _section("begin and end compounds", (word for word in words if word in begin and word in end))
    yield from _section("begin compounds", (word for word in words if word in begin and word not in end))
    yield from _section("end compounds", (word for word in words if word in end and word not in begin))
    yield from _section("do neither", (word for word in words if word not in begin and word not in end))


def _section(title: str, words: Iterator[str]) -> Iterator[str]:
    yield f"# Words that {title}\n"
    yield from (f"{word}\n" for word in sorted(words))


if __name__ == "__main__":
    derive(Path(sys.argv[1]), Path(sys.argv[2]))
