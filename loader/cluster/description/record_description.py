"""What a record says that matters for clustering."""

from __future__ import annotations

from typing import NamedTuple


class PersonKey(NamedTuple):
    """A name in the parts that are compared."""

    family: str
    """The family name, or all words of a name in direct order, in the form in which words are compared."""
    forenames: tuple[str, ...]
    born: int | None = None


class Series(NamedTuple):
    """A series and the number in it."""

    title: str
    number: str


class Titles(NamedTuple):
    """The titles of a record as keys: words in the form in which they are compared, without blanks and articles."""

    main: str
    subtitle: str = ""
    """What tells it from others with the same main title; empty where it only says what kind of book it is."""
    others: tuple[str, ...] = ()
    """Other titles that this very thing has."""
    originals: tuple[str, ...] = ()
    """Titles of what it is a translation of, or was called before."""
    words: tuple[str, ...] = ()
    """The words of the main title and the subtitle."""

    @property
    def full(self) -> str:
        """The main title and the subtitle as one key."""
        return self.main + self.subtitle


class RecordDescription(NamedTuple):
    """What a record says that matters for clustering. Fields are empty where it does not say it."""

    key: str
    """The IRI or record key."""
    content: str
    """What the record is of: text, score, map, film, music, spoken, object, and so on."""
    carrier: str
    """print, file, audio, large print, braille, microform, typescript."""
    form: str
    """What was made of a work: play, review, comic, and so on; empty for the work itself."""
    extent: str
    """whole, part or serial."""
    is_abridged: bool
    languages: frozenset[str]
    years: tuple[int, ...]
    """The year of publication, and others that may be it."""
    first_years: frozenset[int]
    """Years in which notes say that it came out first."""
    titles: Titles
    volume: tuple[int, ...]
    numbers: tuple[int, ...]
    """Numbers in the title that are no volumes, such as years."""
    creators: tuple[PersonKey, ...]
    contributors: tuple[PersonKey, ...]
    translators: tuple[PersonKey, ...]
    isbns: frozenset[str]
    identifiers: frozenset[str]
    edition: int
    edition_words: frozenset[str]
    """FoldedText of an edition statement that tell it from others, such as “revised”."""
    publishers: frozenset[str]
    pages: frozenset[int]
    series: tuple[Series, ...]
    contents: tuple[str, ...]
    """The titles of the works that it holds, as keys, where it holds several."""
    host: frozenset[int]
    """The numbers that say in which issue a part is."""
    minutes: int
    """How long a recording takes."""
