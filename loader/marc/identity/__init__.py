"""Keys and IRIs of what records describe, made from authority numbers and normalised headings, never from positions."""
