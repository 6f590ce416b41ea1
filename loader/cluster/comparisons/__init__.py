"""Functions that make a number of two values of a field, by name in a table. Only clustering imports them."""
