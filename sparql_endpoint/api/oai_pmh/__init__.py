"""The OAI-PMH 2.0 provider at `/oai` (http://www.openarchives.org/OAI/openarchivesprotocol.html).

It gives out what the listing of the store of records has; only `application` imports it.
"""
