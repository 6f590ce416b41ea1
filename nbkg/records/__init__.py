"""The MARC record, its codecs and the store of records as they were delivered; the loader and the endpoint import from here."""
