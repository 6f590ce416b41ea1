"""Whether two records describe one instance, one work (expression) or one hub. Only clustering imports it."""
