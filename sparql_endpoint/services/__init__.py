"""What handlers share: labels, text search, descriptions, tombstones, problems, metrics, caches.

`protocol`, `gateway`, `pages` and `api` import it; it imports `http`, `sparql` and `stores`.
"""
