"""The kind of sources that are MARC records: reading files, checking them; the mapping to linked data comes next to
it."""
