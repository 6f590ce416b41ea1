"""A folder of releases as `nbkg dump` lays it out (docs/releases.md), small and by hand."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path


def make_releases(folder: Path, names: list[str]) -> Path:
    """Make releases of these names, each with one data set and the changes since the one before."""
    folder.mkdir(exist_ok=True)
    previous = None
    for name in names:
        _make_release(folder / name, name, previous)
        previous = name
    (folder / f".{previous}.9.building").mkdir()
    (folder / f".{previous}.9.building" / "release.json").write_text("{}")
    (folder / "latest").symlink_to(str(previous))
    return folder


def _make_release(folder: Path, name: str, previous: str | None) -> None:
    quads = gzip.compress(f'<urn:a> <urn:p> "{name}" <urn:g> .\n'.encode() * 50, mtime=0)
    files = {
        "datasets/everything/everything.nq.gz": (quads, "application/n-quads"),
        "datasets/everything/LICENSE": (b"The terms.\n", "text/plain"),
        "CHANGES.md": (f"# Changes\n\n## {name}\n".encode(), "text/markdown"),
    }
    if previous:
        at = f"https://w3id.org/nbkg/dumps/{name}/changes/{previous}/activities/1.jsonld"
        page = {"type": "OrderedCollectionPage", "id": at}
        step = {"type": "OrderedCollection", "totalItems": 3, "first": page, "last": page}
        files[f"changes/{previous}/activities.jsonld"] = (json.dumps(step).encode(), "application/ld+json")
        files[f"changes/{previous}/activities/1.jsonld"] = (json.dumps(page).encode(), "application/ld+json")
        files[f"changes/{previous}/summary.md"] = (b"## it\n", "text/markdown")
    for path, (content, _) in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "secret.txt").write_text("named by nothing")
    entries = [_entry(path, *file) for path, file in files.items()]
    in_dataset = [str(one["path"]).endswith(".gz") for one in entries]
    more = {"format": "nq", "compression": "gz", "triples": 50}
    sets = [{**one, **more} for one, is_data in zip(entries, in_dataset, strict=True) if is_data]
    dataset = {
        "name": "everything",
        "iri": "https://w3id.org/nbkg/dataset/catalogue",
        "title": {"nb": "Alt", "en": "Everything"},
        "licence": None,
        "graphs": [],
        "files": sets,
    }
    about = {
        "version": name,
        "issued": name,
        "previous": previous,
        "tool": "nbkg 0",
        "datasets": [dataset],
        "files": [one for one, is_data in zip(entries, in_dataset, strict=True) if not is_data],
    }
    index = json.dumps(about).encode()
    (folder / "release.json").write_bytes(index)
    sums = {path: hashlib.sha256(content).hexdigest() for path, (content, _) in files.items()}
    sums["release.json"] = hashlib.sha256(index).hexdigest()
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())))


def _entry(path: str, content: bytes, media_type: str) -> dict[str, object]:
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path, "bytes": len(content), "sha256": digest, "mediaType": media_type}
