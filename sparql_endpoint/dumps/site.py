"""Releases as plain files: what `/dumps/` serves, for any web server that can do no more than send files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from nbkg.storage.atomic_replace import replace_file, replace_link, sibling
from sparql_endpoint.dumps import index
from sparql_endpoint.http.languages import OFFERED
from sparql_endpoint.services.release_folder import LATEST, Release, ReleaseFolder

_STATIC = ("style.css", "mark.svg")
_DATA_SETS = "dataset"
"""The folder of the data sets' pages, which no release is named like: releases are named by dates."""

Render = Callable[[str, str, dict[str, object]], str]
"""Returns the page that a template makes in a language from values."""


@dataclass(frozen=True)
class Site:
    """A plain site: the releases that it publishes, and where."""

    releases: ReleaseFolder
    out: Path
    address: str
    """With `/` at its end."""
    render: Render


def write_site(site: Site) -> list[str]:
    """Write the site or bring it up to date; return the names of the releases that are new in it, the oldest first.

    A release appears under its name complete or not at all; its files are linked to those of the folder where the disk
    is the same. Pages are replaced one by one, the indexes last. Releases that the folder no longer has stay.
    """
    site.out.mkdir(parents=True, exist_ok=True)
    releases = site.releases.releases()
    new = [one.name for one in reversed(releases) if _copy_release(one, site.out)]
    for path, content in _pages(site, releases):
        file = site.out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not (file.is_file() and file.read_bytes() == content):
            replace_file(file, content)
    if latest := site.releases.latest():
        replace_link(site.out / LATEST, latest)
    return new


def page_name(language: str) -> str:
    """Return the file name of a page in a language; that of the first language is the index."""
    return "index.html" if language == OFFERED[0] else f"index.{language}.html"


def _copy_release(release: Release, out: Path) -> bool:
    folder = out / release.name
    if folder.exists():
        return False
    new = sibling(folder, ".new")
    shutil.rmtree(new, ignore_errors=True)
    for path in release.files:
        if match := release.find_file(path):
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(match[0], new / path)
    new.rename(folder)
    return True


def _link_or_copy(source: Path, to: Path) -> None:
    """Make a hard link, or on another disk a copy."""
    try:
        os.link(source, to)
    except OSError:
        shutil.copy2(source, to)


def _pages(site: Site, releases: list[Release]) -> Iterator[tuple[str, bytes]]:
    for name in _STATIC:
        yield name, (files("sparql_endpoint") / "static" / name).read_bytes()
    latest = site.releases.latest()
    for language in OFFERED:
        name = page_name(language)
        for one in releases:
            data_sets = f"../{_DATA_SETS}/" if one.name == latest else ""
            values: dict[str, object] = {"release": one, "up": "../", "page_name": name, "data_sets": data_sets}
            yield f"{one.name}/{name}", _render(site, "release", language, values)
        if newest := next((one for one in releases if one.name == latest), None):
            for dataset in newest.datasets:
                values = {"release": newest, "dataset": dataset, "up": "../../", "page_name": name}
                yield f"{_DATA_SETS}/{dataset['name']}/{name}", _render(site, "data_set", language, values)
        values = {"releases": releases, "latest": latest, "up": "", "page_name": name}
        yield name, _render(site, "index", language, values)
    yield "index.ttl", index.serialize_turtle(site.releases, site.address)
    yield index.FEED, index.serialize_feed(releases, site.address)
    yield "index.json", index.serialize_json(site.releases, site.address)


def _render(site: Site, template: str, language: str, values: dict[str, object]) -> bytes:
    return site.render(f"dumps/plain_{template}.html", language, values).encode()
