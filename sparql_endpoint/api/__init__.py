"""What programs use: queries, the Graph Store, whole graphs, service description, prefixes, releases, OpenAPI.

It may import all rooms below it, and of the pages only those that show results and frame them.
"""
