"""What single values of a MARC record mean: punctuation, dates, numbers, codes, addresses. Pure functions of text."""
