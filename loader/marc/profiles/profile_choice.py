"""The profile that an option names: one that is shipped by its key, or a file of one's own."""

from __future__ import annotations

from pathlib import Path

from rdflib import URIRef

from loader.errors import CuratedError
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.profiles.profile_file import read_profile
from loader.namespaces import DCTERMS, NBKG, RDF
from nbkg.errors import UsageError
from nbkg.rdf.turtle import read_files


def choose_profile(name: str) -> MarcProfile:
    """Return the profile with a key, or the one that stands in a Turtle file.

    Raises UsageError for a file that is not there, CuratedError for a key that does not exist, and for a file that
    holds none, several or a wrong one.
    """
    file = Path(name)
    if file.suffix != ".ttl":
        return read_profile(name)
    if not file.is_file():
        raise UsageError(f"{file}: there is no such profile; name a Turtle file, or a profile that is shipped")
    graph = read_files([file])
    profiles = [node for node in graph.subjects(RDF.type, NBKG.MarcProfile) if isinstance(node, URIRef)]
    if len(profiles) != 1:
        raise CuratedError(
            f"it describes {len(profiles)} profiles (nbkg:MarcProfile); it should be one", file=str(file)
        )
    return read_profile(str(graph.value(profiles[0], DCTERMS.identifier)), file)
