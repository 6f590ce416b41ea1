"""The kind `json`: records in JSON become statements by a profile in data (`data/json-profiles/`).

The build may import it; it imports the sources, the templates of tables, the values of MARC and `nbkg`.
"""
