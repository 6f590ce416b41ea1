"""What a MARC record says that matters for clustering, in a form that is quick to compare. Only clustering imports it."""
