"""The profile by which the records of a source of the build are read."""

from __future__ import annotations

from rdflib import Graph

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.profiles.profile_file import read_described_profile, read_profile
from loader.sources.project import ProjectData
from loader.sources.source import Source


def profile_of(source: Source, project: ProjectData) -> MarcProfile:
    """Return the profile that a source names, else the default. Raises CuratedError for one that is not described."""
    return described_profile(source, project.described)


def described_profile(source: Source, described: Graph) -> MarcProfile:
    """Return the profile that a source names, out of the descriptions. The errors are those of `profile_of`."""
    if source.profile is None:
        return read_profile("default")
    return read_described_profile(source.profile, described, source.described_in)
