"""Keep a folder with the descriptions of all things of some classes up to date, by the feed of changes of nbkg.

    python follow.py FOLDER CLASS… [--server http://127.0.0.1:8000]

FOLDER gets a file of N-Triples for each thing. The first run fetches all of them. Each later run reads the feed from
its newest page back to where the last run ended, and fetches or removes only what has changed. It needs
nothing but Python, and works with any nbkg server that has releases at `/dumps/`.
"""

import argparse
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

BASE = "https://w3id.org/nbkg/"
"""The beginning of the IRIs, whichever server answers for them."""


def fetched(address: str, accept: str) -> bytes:
    """Return the content at an address."""
    request = Request(address, headers={"Accept": accept})  # noqa: S310  # of the server that was named
    with urlopen(request, timeout=60) as answer:  # noqa: S310  # the same
        return answer.read()


def page_of(server: str, address: str) -> str:
    """Return the address of a page of the feed on this server: its last five steps are the path below `dumps/`."""
    return f"{server}/dumps/" + "/".join(address.split("/")[-5:])


def activities(server: str, first: str, known: str) -> Iterator[dict]:
    """Yield what happened since the page that came first in the last run, the newest first."""
    address = first
    while address and address != known:
        page = json.loads(fetched(page_of(server, address), "application/activity+json"))
        yield from page["orderedItems"]
        address = page.get("next", {}).get("id", "")


def members(server: str, classes: list[str]) -> list[str]:
    """Return the IRIs of all things of the classes."""
    values = " ".join(f"<{one}>" for one in classes)
    query = f"SELECT DISTINCT ?thing {{ VALUES ?class {{ {values} }} ?thing a ?class FILTER(isIRI(?thing)) }}"
    rows = fetched(f"{server}/sparql?{urlencode({'query': query})}", "text/csv").decode()
    return [row["thing"] for row in csv.DictReader(io.StringIO(rows))]


def keep(server: str, folder: Path, thing: str) -> None:
    """Fetch the description of a thing and write it to its file in the folder."""
    described = f"{server}/resource?{urlencode({'iri': thing})}"
    (folder / f"{quote(thing, safe='')}.nt").write_bytes(fetched(described, "application/n-triples"))


def follow(server: str, folder: Path, classes: list[str]) -> tuple[int, int]:
    """Bring the folder up to date; return how many things were fetched and how many were removed."""
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / "state.json"
    feed = json.loads(fetched(f"{server}/dumps/activities.jsonld", "application/activity+json"))
    first = feed.get("first", {}).get("id", "")
    wanted: dict[str, bool] = {}  # each thing, and whether it still exists
    if not state.exists():
        wanted = dict.fromkeys(members(server, classes), True)
    else:
        for one in activities(server, first, json.loads(state.read_text())["first"]):
            kinds = one["object"].get("type", [])
            if set(classes) & set([kinds] if isinstance(kinds, str) else kinds):
                wanted.setdefault(one["object"]["id"], one["type"] != "Delete")  # the newest word counts
    for thing, is_there in wanted.items():
        if is_there:
            keep(server, folder, thing)
        else:
            (folder / f"{quote(thing, safe='')}.nt").unlink(missing_ok=True)
    state.write_text(json.dumps({"first": first}))  # last: a run that breaks off is done again
    return sum(wanted.values()), len(wanted) - sum(wanted.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("classes", nargs="+", metavar="CLASS", help="an IRI, or the last part of one of nbkg's")
    parser.add_argument("--server", default="http://127.0.0.1:8000")
    given = parser.parse_args()
    named = [one if ":" in one else f"{BASE}ns#{one}" for one in given.classes]
    came, went = follow(given.server.rstrip("/"), given.folder, named)
    print(f"{given.folder}: {came} fetched, {went} removed")
