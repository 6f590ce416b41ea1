"""The store of MARC records: what each source delivered and when, byte for byte, with the edits that people made.

Only this package knows the files of a store. It reads no MARC but for the packing of ISO 2709: what a record is called
is given by whoever delivers it.
"""
