"""Releases as plain files: what `/dumps/` serves, for any web server that can do no more than give files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sparql_endpoint.dumps import index
from sparql_endpoint.dumps.release_folder import LATEST, Held, Shelf
from sparql_endpoint.http.languages import OFFERED

_STATIC = ("style.css", "mark.svg")
_BUILDING = ".building"

Rendered = Callable[[str, str, dict[str, object]], str]
"""The page that a template makes in a language from values."""


@dataclass(frozen=True)
class Site:
    """What is written, and where it will be published."""

    shelf: Shelf
    out: Path
    address: str
    """With `/` at its end."""
    rendered: Rendered


def write(site: Site) -> list[str]:
    """Writes or brings up to date the site; the versions that are new in it come back, the oldest first.

    A release comes whole under its name or not at all; its files are linked to those of the shelf where the disk is
    the same. Pages are replaced one by one, the indexes last. Releases that the shelf no longer has stay.
    """
    site.out.mkdir(parents=True, exist_ok=True)
    releases = site.shelf.releases()
    fresh = [one.version for one in reversed(releases) if _copied(one, site.out)]
    for path, content in _pages(site, releases):
        _put(site.out / path, content)
    if latest := site.shelf.latest():
        _link(site.out / LATEST, latest)
    return fresh


def page(language: str) -> str:
    """The name of an index page in a language; the first language's is the index."""
    return "index.html" if language == OFFERED[0] else f"index.{language}.html"


def _copied(one: Held, out: Path) -> bool:
    place = out / one.version
    if place.exists():
        return False
    building = out / f".{one.version}{_BUILDING}"
    shutil.rmtree(building, ignore_errors=True)
    for path in one.parts:
        if found := one.file(path):
            (building / path).parent.mkdir(parents=True, exist_ok=True)
            _same(found[0], building / path)
    building.rename(place)
    return True


def _same(source: Path, to: Path) -> None:
    """A hard link, or on another disk a copy."""
    try:
        os.link(source, to)
    except OSError:
        shutil.copy2(source, to)


def _pages(site: Site, releases: list[Held]) -> Iterator[tuple[str, bytes]]:
    for name in _STATIC:
        yield name, (files("sparql_endpoint") / "static" / name).read_bytes()
    latest = site.shelf.latest()
    for language in OFFERED:
        name = page(language)
        for one in releases:
            said: dict[str, object] = {"release": one, "up": "../", "asked": name}
            yield f"{one.version}/{name}", site.rendered("dumps/plain_release.html", language, said).encode()
        said = {"found": releases, "latest": latest, "up": "", "asked": name}
        yield name, site.rendered("dumps/plain_index.html", language, said).encode()
    yield "index.ttl", index.as_turtle(site.shelf, site.address)
    yield index.FEED, index.feed(releases, site.address)
    yield "index.json", index.as_json(site.shelf, site.address)


def _put(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    new = path.with_name(f".{path.name}")
    new.write_bytes(content)
    new.replace(path)


def _link(link: Path, target: str) -> None:
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)
