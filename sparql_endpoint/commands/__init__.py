"""The sub-commands of `nbkg` that serve and ask."""
