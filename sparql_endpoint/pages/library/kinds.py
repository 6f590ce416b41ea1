"""What a work or an agent is called: the key of the word for its class."""

from __future__ import annotations

from collections.abc import Iterable

_WORKS = (
    ("bf:Serial", "bib_serial"),
    ("bf:NotatedMusic", "bib_notated_music"),
    ("bf:MusicAudio", "bib_music_audio"),
    ("bf:NonMusicAudio", "bib_audio"),
    ("bf:Audio", "bib_audio"),
    ("bf:MovingImage", "bib_film"),
    ("bf:Cartography", "bib_map"),
    ("bf:StillImage", "bib_image"),
    ("bf:Multimedia", "bib_multimedia"),
    ("bf:Object", "bib_object"),
    ("bf:Collection", "bib_collection"),
    ("bf:Manuscript", "bib_manuscript"),
    ("bf:Text", "bib_text"),
)
"""The first of these classes that a work has names it."""
_AGENTS = (
    ("bf:Person", "bib_person"),
    ("bf:Family", "bib_family"),
    ("bf:Meeting", "bib_meeting"),
    ("bf:Jurisdiction", "bib_jurisdiction"),
    ("bf:Organization", "bib_organization"),
)
_SUBJECTS = (
    ("bf:Place", "bib_place"),
    ("bf:Temporal", "bib_time"),
    ("bf:GenreForm", "bib_genre_form"),
    ("bf:Event", "bib_event"),
    ("mads:ComplexSubject", "bib_complex_subject"),
    ("bf:Topic", "bib_topic"),
)


def _first(kinds: Iterable[str], table: Iterable[tuple[str, str]], otherwise: str) -> str:
    known = set(kinds)
    return next((word for kind, word in table if kind in known), otherwise)


def kind_of_work(kinds: frozenset[str], *, is_part: bool = False) -> str:
    """Return the key of the word for a work of these classes; a text within another one is an article or a chapter."""
    if is_part and "bf:Text" in kinds:
        return "bib_article"
    return _first(kinds, _WORKS, "bib_work")


def kind_of_agent(kinds: Iterable[str]) -> str:
    """Return the key of the word for an agent of these classes."""
    return _first(kinds, _AGENTS, "bib_agent")


def kind_of_subject(kinds: Iterable[str]) -> str:
    """Return the key of the word for a subject of these classes."""
    return _first(kinds, _SUBJECTS, "bib_concept")
