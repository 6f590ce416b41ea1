"""Identifiers of persons, bodies, works and libraries in any written form, and the one form of each.

The registers and the forms of their numbers are described in `data/curated/identifier-schemes.ttl`. Both `loader` and
`sparql_endpoint` may import it, so that a number means the same when it is mapped, linked, sought and reconciled.
"""
