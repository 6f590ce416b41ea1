"""MARC records in the formats in which protocols give them out: MARCXML, and what `data/record-formats` declares.

The protocols of `sparql_endpoint.api` may import it; it knows neither requests nor what a protocol puts around a
record.
"""
