"""The profile of a source: how its MARC records differ from others. Whoever maps records reads one and passes it on."""
