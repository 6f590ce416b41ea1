"""Rules for fields of MARC 21 authority records: an agent, a concept or a title with names, dates and relations.

`loader.marc.record_mapping` compiles them; `loader.authorities` builds on the statements that they write.
"""
