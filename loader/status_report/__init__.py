"""A status report: text to records to triples."""
