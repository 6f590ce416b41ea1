"""The sub-commands of nbkg that the loader gives."""
