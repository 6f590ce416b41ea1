"""The page of a unit, post, service, partner or concept, and which measures have to do with it.

Only the registration of the pages may import it.
"""
