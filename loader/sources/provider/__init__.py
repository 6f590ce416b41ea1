"""What the protocols by which records are harvested have in common: pages of a list, requests with bounded waits, and
items cut out of XML. `oai_pmh`, `sru` and the harvest import it."""
