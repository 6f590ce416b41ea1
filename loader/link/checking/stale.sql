-- Links and references to things that are replaced, split, withdrawn or deprecated: state, thing, successor, link.
SELECT fate.state, target.iri, fate.successor, source.iri, link.predicate, link.graph
FROM fate JOIN node target ON target.id = fate.node
JOIN link ON link.target = fate.node JOIN node source ON source.id = link.source
UNION
SELECT fate.state, row.target, fate.successor, row.source, row.kind, row.graph
FROM fate JOIN named ON named.node = fate.node JOIN row ON row.target = named.iri AND row.kind = 'reference'
ORDER BY 2, 1, 4, 5, 6, 3
