"""The kind `status_report`: from a status report's text to its graphs.

May import `nbkg` and the loader's errors, namespaces, identifiers and sources; only `build` and `commands` import it.
"""
