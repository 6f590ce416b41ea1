"""Which records describe one thing: blocking, comparison, decision and closure, by settings in `data/cluster-settings`.

The commands of `nbkg cluster` and the benchmarks import it; it stands on the store of records and on matching.
"""
