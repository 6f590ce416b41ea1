"""What changed from one report to a later one, and the formats in which `nbkg diff` tells it.

May import `model`; only `commands.diff` imports it.
"""
