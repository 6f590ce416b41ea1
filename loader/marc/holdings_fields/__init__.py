"""Rules for MARC 21 holdings records, and for holdings in bibliographic ones: which library has which instance.

What is about copies and loans stays in the record.
"""
