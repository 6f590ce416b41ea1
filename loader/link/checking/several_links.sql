-- The links of a thing to the identifiers of one register.
SELECT source.iri, link.predicate, other.iri, link.graph
FROM link JOIN node other ON other.id = link.target JOIN node source ON source.id = link.source
WHERE link.source = ? AND other.scheme = ? AND link.joins
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node = other.id)
ORDER BY other.iri, link.predicate, link.graph
