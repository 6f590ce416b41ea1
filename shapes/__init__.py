"""The SHACL shapes, split by kind of demand."""
