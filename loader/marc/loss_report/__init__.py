"""What of MARC records reaches the graph and what does not, as figures, a table, a page and RDF; commands use it."""
