"""A store on another server, asked by the SPARQL 1.1 Protocol: requests, relay of answers, and their completeness.

`sparql_endpoint.stores` and the application may import it; it imports `nbkg.http_client` and the SPARQL rewrites.
"""
