-- The links of the things of a register to one identifier.
SELECT one.iri, link.predicate, target.iri, link.graph
FROM link JOIN node one ON one.id = link.source JOIN node target ON target.id = link.target
WHERE link.target = ? AND one.scheme = ? AND link.joins
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node = one.id)
ORDER BY one.iri, link.predicate, link.graph
