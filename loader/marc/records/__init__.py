"""Records of sources are imported into a store of records, exported from it, edited and described; commands use it."""
