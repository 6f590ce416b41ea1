"""Harvesting: lists of providers become deliveries in the store of records; a run may be killed at any point.

Commands import it; it imports the readers of `loader.sources`, MARC, and the store of records."""
