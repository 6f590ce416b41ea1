"""Queries run in processes of their own, so that one that takes too long or too much can be killed.

An engine's query can neither be cancelled nor bounded from inside its process; killing the process is the sure way out.
It may import http, sparql and stores.
"""
