"""Files of MARC records become files of N-Quads, piece by piece on all cores; commands use it."""
