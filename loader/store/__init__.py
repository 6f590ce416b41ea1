"""Built stores: loads files as the next version, with its default graph, its description and its index of words.

It uses `nbkg` only; `loader.changes`, `loader.catalogue` and `loader.commands` use it.
"""
