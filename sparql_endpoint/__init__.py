"""Serves a store: SPARQL, dereferencing and pages."""
