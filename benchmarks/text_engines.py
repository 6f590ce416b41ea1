"""The engines that `text_index` compares, each with the same names and the same analysis of words."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from nbkg import text_index
from nbkg.text_index import Index
from nbkg.text_index.analysis import find_lemmas, split_words
from nbkg.text_index.writing import forms, key

_LABEL = "urn:name"
_MOST = 20


class Engine(ABC):
    """An index of names in a folder; it is opened by its class."""

    name: str

    @staticmethod
    @abstractmethod
    def build(folder: Path, names: Sequence[str]) -> None:
        """Write the index of names to a folder."""

    @abstractmethod
    def __init__(self, folder: Path) -> None: ...

    @abstractmethod
    def search(self, kind: str, text: str) -> bool:
        """Return whether a search of that kind finds anything."""


class Fts5(Engine):
    """The text index of nbkg, in an SQLite file, with all that its searches do."""

    name = "sqlite3"

    @staticmethod
    def build(folder: Path, names: Sequence[str]) -> None:
        """Write the index of names to a folder."""
        folder.mkdir(exist_ok=True)
        text_index.write(folder / "words", ((f"urn:{i}", _LABEL, name) for i, name in enumerate(names)), {_LABEL})

    def __init__(self, folder: Path) -> None:
        index = Index.open(folder / "words")
        if index is None:
            raise FileNotFoundError(folder)
        self._index = index

    def search(self, kind: str, text: str) -> bool:
        """Return whether a search of that kind finds anything."""
        if kind == "typing error":
            return self._index.suggest(text) is not None
        return bool(self._index.find(text, _MOST))


class Tantivy(Engine):
    """tantivy with one writing thread, and fields for whole names, words, and the keys of their analysis."""

    name = "tantivy"

    @staticmethod
    def build(folder: Path, names: Sequence[str]) -> None:
        """Write the index of names to a folder."""
        tantivy = _tantivy()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        writer = tantivy.Index(_schema(), path=str(folder)).writer(128_000_000, num_threads=1)
        for number, name in enumerate(names):
            document, words = tantivy.Document(), split_words(name)
            document.add_text("whole", " ".join(words))
            document.add_text("word", " ".join(words))
            document.add_text("key", " ".join(one for word in words for one in _keys(word)))
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, folder: Path) -> None:
        self._tantivy: Any = _tantivy()
        self._searcher = self._tantivy.Index(_schema(), path=str(folder)).searcher()

    def search(self, kind: str, text: str) -> bool:
        """Return whether a search of that kind finds anything."""
        query, schema, words = self._tantivy.Query, _schema(), split_words(text)
        if kind == "whole name":
            asked = query.term_query(schema, "whole", " ".join(words))
        elif kind == "beginning":
            asked = query.regex_query(schema, "word", f"{words[0]}.*")
        elif kind == "typing error":
            asked = query.fuzzy_term_query(schema, "word", words[0], 1, True)
        else:
            asked = query.boolean_query([(self._tantivy.Occur.Must, self._any_key(word)) for word in words])
        hits = self._searcher.search(asked, _MOST).hits
        return bool([self._searcher.doc(address)["number"] for _, address in hits])

    def _any_key(self, word: str) -> Any:
        query, schema, should = self._tantivy.Query, _schema(), self._tantivy.Occur.Should
        lemmas = [query.term_query(schema, "key", key(lemma)) for lemma in find_lemmas(word)]
        return query.boolean_query([(should, one) for one in (query.term_query(schema, "word", word), *lemmas)])


@cache
def _tantivy() -> Any:
    return import_module("tantivy")


@cache
def _schema() -> Any:
    builder = _tantivy().SchemaBuilder()
    builder.add_text_field("whole", tokenizer_name="raw")
    builder.add_text_field("word", tokenizer_name="whitespace")
    builder.add_text_field("key", tokenizer_name="whitespace")
    builder.add_unsigned_field("number", stored=True)
    return builder.build()


@cache
def _keys(word: str) -> Sequence[str]:
    return sorted({one for one, _ in forms(word)} | {word})


ENGINES: dict[str, type[Engine]] = {"sqlite3": Fts5, "tantivy": Tantivy}
"""Engines by the module that they need."""
