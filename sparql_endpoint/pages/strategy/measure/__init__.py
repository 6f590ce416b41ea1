"""The page of one measure: its history over the reports, and the passages that its statements rest on.

Only the registration of the pages may import it.
"""
