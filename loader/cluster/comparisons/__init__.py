"""Functions that make a number of two values of a field; `comparison_table` has them by name. Only clustering imports them."""
