"""Makes the lists of Norwegian words in which search looks words up; only its own commands import it."""
