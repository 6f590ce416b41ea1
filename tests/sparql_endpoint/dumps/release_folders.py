"""A folder of releases as `nbkg dump` lays it out (docs/releases.md), small and by hand."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path


def shelved(folder: Path, versions: list[str]) -> Path:
    """The releases of these versions, each with one data set and the changes since the one before."""
    folder.mkdir(exist_ok=True)
    previous = None
    for version in versions:
        _release(folder / version, version, previous)
        previous = version
    (folder / f".{previous}.9.building").mkdir()
    (folder / f".{previous}.9.building" / "release.json").write_text("{}")
    (folder / "latest").symlink_to(str(previous))
    return folder


def _release(place: Path, version: str, previous: str | None) -> None:
    quads = gzip.compress(f'<urn:a> <urn:p> "{version}" <urn:g> .\n'.encode() * 50, mtime=0)
    files = {
        "datasets/everything/everything.nq.gz": (quads, "application/n-quads"),
        "datasets/everything/LICENSE": (b"The terms.\n", "text/plain"),
        "CHANGES.md": (f"# Changes\n\n## {version}\n".encode(), "text/markdown"),
    }
    if previous:
        at = f"https://w3id.org/nbkg/dumps/{version}/changes/{previous}/activities/1.jsonld"
        page = {"type": "OrderedCollectionPage", "id": at}
        step = {"type": "OrderedCollection", "totalItems": 3, "first": page, "last": page}
        files[f"changes/{previous}/activities.jsonld"] = (json.dumps(step).encode(), "application/ld+json")
        files[f"changes/{previous}/activities/1.jsonld"] = (json.dumps(page).encode(), "application/ld+json")
        files[f"changes/{previous}/summary.md"] = (b"## it\n", "text/markdown")
    for path, (content, _) in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    (place / "secret.txt").write_text("named by nothing")
    told = [_told(path, *held) for path, held in files.items()]
    of_set = [str(one["path"]).endswith(".gz") for one in told]
    more = {"format": "nq", "compression": "gz", "triples": 50}
    sets = [{**one, **more} for one, is_data in zip(told, of_set, strict=True) if is_data]
    dataset = {
        "name": "everything",
        "iri": "https://w3id.org/nbkg/dataset/catalogue",
        "title": {"nb": "Alt", "en": "Everything"},
        "licence": None,
        "graphs": [],
        "files": sets,
    }
    about = {
        "version": version,
        "issued": version,
        "previous": previous,
        "tool": "nbkg 0",
        "datasets": [dataset],
        "files": [one for one, is_data in zip(told, of_set, strict=True) if not is_data],
    }
    index = json.dumps(about).encode()
    (place / "release.json").write_bytes(index)
    sums = {path: hashlib.sha256(content).hexdigest() for path, (content, _) in files.items()}
    sums["release.json"] = hashlib.sha256(index).hexdigest()
    (place / "SHA256SUMS").write_text("".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())))


def _told(path: str, content: bytes, media_type: str) -> dict[str, object]:
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path, "bytes": len(content), "sha256": digest, "mediaType": media_type}
