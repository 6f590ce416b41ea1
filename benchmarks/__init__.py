"""Measured, not guessed: what the steps take, and how serving compares. See docs/benchmarks.md."""
