"""SRU 1.1, 1.2 and 2.0 at `/sru`: search of the records by CQL (https://www.loc.gov/standards/sru/).

It searches the listing of the store of records; only `application` imports it.
"""
