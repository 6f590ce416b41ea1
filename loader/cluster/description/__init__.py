"""What a MARC record says that matters for clustering, quick to compare. Only clustering imports it."""
