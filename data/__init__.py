"""Sources, curated knowledge and the graphs built from them."""
