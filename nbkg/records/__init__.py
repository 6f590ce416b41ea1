"""The MARC record, its codecs and the store of delivered records; the loader and the endpoint both import from here."""
