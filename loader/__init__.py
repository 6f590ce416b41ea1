"""Reads reports and records, makes triples of them, validates and writes them."""
