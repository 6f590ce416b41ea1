"""The SPARQL 1.1 Protocol on plain values: the operation of a request, its plan, and the query ready to run.

It may import http, sparql, stores, workers and services.
"""
