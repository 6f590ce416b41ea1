"""The pages of strategies, measures, reports, and of the units and services that they name.

The site's routes and `sparql_endpoint.application` may import them; they import the pages' frame
and resource rooms, and services.
"""
