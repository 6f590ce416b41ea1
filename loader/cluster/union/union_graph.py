"""`graph/union`: a node for each cluster, with the BIBFRAME class of its level, and what it joins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from loader import identifiers
from loader.cluster.levels.level_settings import LEVELS
from loader.cluster.union.cluster_keys import KeyedClusters
from loader.cluster.union.cluster_table import LevelKeys
from loader.namespaces import BF, RDF
from nbkg.storage.atomic_replace import replace_file

NAME = "union.nq"
_CLASSES = {"hub": BF.Hub, "work": BF.Work, "instance": BF.Instance}

ThingIris = Mapping[tuple[str, str], str]
"""The node of the catalogue that a record describes at a level, in N-Triples, by level and record key."""


def cluster_iri(level: str, key: str) -> str:
    """Return `id/cluster/{level}/{source}/{record key}`."""
    return str(identifiers.resource("cluster", level, key))


def write_union(folder: Path, levels: LevelKeys, nodes: ThingIris) -> int:
    """Write the graph as sorted N-Quads, and return how many statements it has."""
    lines = sorted({line for level in LEVELS for line in _lines(level, levels[level], nodes)})
    replace_file(folder / NAME, "".join(lines).encode())
    return len(lines)


def _lines(level: str, clusters: KeyedClusters, nodes: ThingIris) -> Iterator[str]:
    end = f"<{identifiers.graph('union')}> .\n"
    member = identifiers.term("member")
    for key, records in clusters.members.items():
        cluster = cluster_iri(level, key)
        yield f"<{cluster}> <{RDF.type}> <{_CLASSES[level]}> {end}"
        for record in records:
            yield f"<{cluster}> <{member}> {nodes[level, record]} {end}"
