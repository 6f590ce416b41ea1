"""A new report from its file to the project's data: tried in a copy of the data, and written when all of it is good.

Commands import it.
"""
