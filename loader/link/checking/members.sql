-- The things of a register in a component: node, IRI.
SELECT id, iri FROM node
WHERE component = ? AND scheme = ?
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node = node.id)
ORDER BY iri
