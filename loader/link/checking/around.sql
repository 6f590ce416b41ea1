-- The identity links of a node, in both directions: the other node, and the link.
SELECT target, source.iri, link.predicate, target.iri, link.graph
FROM link JOIN node source ON source.id = link.source JOIN node target ON target.id = link.target
WHERE link.source = ?1 AND joins
UNION
SELECT source, source.iri, link.predicate, target.iri, link.graph
FROM link JOIN node source ON source.id = link.source JOIN node target ON target.id = link.target
WHERE link.target = ?1 AND joins
ORDER BY 2, 3, 4, 5
