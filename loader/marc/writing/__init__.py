"""From the graph back to MARC: what a graph says of an instance, its work and its record becomes a MARC 21 record.

`loader.commands` imports it. The tables of `loader.marc.fields` are read backwards where a field has one.
"""
