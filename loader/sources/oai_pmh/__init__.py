"""OAI-PMH 2.0 as a source: requests, pages and errors of the protocol (https://www.openarchives.org/OAI/openarchivesprotocol.html).

The harvest imports its reader; it imports what all providers have in common."""
