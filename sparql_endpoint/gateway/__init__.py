"""The ASGI application that meets HTTP: one async way for the protocols, Flask behind a2wsgi for pages.

It may import the rooms below it (http, sparql, stores, workers, services, protocol), and no page.
"""
