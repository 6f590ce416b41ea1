"""From the text of a report to the records of `model`, one step of the reading in each module.

May import `model` and the gazetteer's namespaces; nothing here makes triples.
"""
