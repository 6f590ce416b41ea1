"""Measured, not guessed: what the steps take. Run with `make bench`."""
