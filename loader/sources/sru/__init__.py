"""SRU 1.1, 1.2 and 2.0 as a source: explain, searchRetrieve and diagnostics (https://www.loc.gov/standards/sru/).

The harvest imports its reader; it imports what all providers have in common."""
