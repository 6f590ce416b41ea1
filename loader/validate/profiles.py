"""The outside profiles that our records are held to, and whether a record passes them.

The shapes are their publishers'; `data/profiles/README.md` says where each file comes from and under which licence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from rdflib import Graph

from loader.validate import ValidationReport, validate
from loader.validate.read import parse, read
from nbkg.errors import UsageError

_BOTH = ("catalog.ttl", "catalog-3.ttl")


@dataclass(frozen=True)
class Profile:
    """A file of shapes, and the records that are held to it."""

    title: str
    file: str
    """In the folder of profiles."""
    records: tuple[str, ...]


PROFILES = (
    Profile("DCAT-AP-NO 2.0.0", "dcat-ap-no/dcat-ap-no_shacl-shapes-2.0.0.ttl", ("catalog.ttl",)),
    Profile("DCAT-AP-NO 2.2", "dcat-ap-no/DCAT-AP-NO-shacl_shapes_2.00.ttl", ("catalog.ttl",)),
    Profile("DCAT-AP-NO 3, core", "dcat-ap-no/dcatapno3-core-shapes.ttl", _BOTH),
    Profile("DCAT-AP-NO 3, ranges", "dcat-ap-no/dcatapno3-range-shapes.ttl", _BOTH),
    Profile("DCAT-AP-NO 3, vocabularies", "dcat-ap-no/dcatapno3-vocabulary-shapes.ttl", _BOTH),
    Profile("DCAT-AP 3.0.1, core", "dcat-ap-eu/3.0.1_html_shacl_shapes.ttl", _BOTH),
    Profile("DCAT-AP 3.0.1, ranges", "dcat-ap-eu/3.0.1_html_shacl_range.ttl", _BOTH),
    Profile("CPSV-AP-NO 1.1", "cpsv-ap-no/CPSV-AP-NO_shacl_shapes_v1.ttl", ("services.ttl",)),
    Profile("SKOS-AP-NO-Begrep 2", "skos-ap-no/SKOS-AP-NO-Begrep-shape_shape_v2.ttl", ("schemes.ttl",)),
)
RECORDS = tuple(dict.fromkeys(record for profile in PROFILES for record in profile.records))
"""The records, by name in the release."""
OWN = Profile("shapes/release.ttl", "release.ttl", (*_BOTH, "void.ttl"))
"""Our own demands, which are part of the project."""


@dataclass(frozen=True)
class Conformance:
    """A record with the report of its validation against a profile."""

    record: str
    profile: Profile
    report: ValidationReport


def profiles_folder(named: Path | None = None) -> Path:
    """Return the folder that is named, else `data/profiles`. Raises UsageError for a folder without the profiles."""
    folder = named or Path(str(files("data") / "profiles"))
    if missing := next((profile.file for profile in PROFILES if not (folder / profile.file).is_file()), None):
        raise UsageError(f"{folder}: has no {missing}; name a folder of the same form as data/profiles")
    return folder


def conformance(content: Callable[[str], bytes | None], folder: Path) -> Iterator[Conformance]:
    """Yield the validation of each record of a release against each profile that it is held to.

    `content` returns the bytes of a file by its path in the release, None where it has none. Raises DataError for a
    record that is no Turtle.
    """
    for record in RECORDS:
        text = content(record)
        if text is None:
            continue
        data = parse(text, record)
        for profile in PROFILES:
            if record in profile.records:
                yield Conformance(record, profile, checked(data, folder / profile.file))


def own_demands(content: Callable[[str], bytes | None]) -> Iterator[Conformance]:
    """Yield the validation of each record that `shapes/release.ttl` is about. Raises DataError for bad Turtle."""
    shapes = read([Path(str(files("shapes") / name)) for name in (OWN.file, "prefixes.ttl")])
    for record in OWN.records:
        if text := content(record):
            yield Conformance(record, OWN, validate(parse(text, record), shapes=shapes))


def checked(data: Graph, shapes: Path) -> ValidationReport:
    """Return what the shapes of a file find."""
    return validate(data, shapes=read([shapes]))
