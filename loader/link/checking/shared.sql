-- Two things of one register on one identifier: the identifier's node, the register of the things.
SELECT link.target, one.scheme
FROM link JOIN node one ON one.id = link.source JOIN node target ON target.id = link.target
WHERE link.joins AND one.scheme != target.scheme
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node = one.id)
GROUP BY link.target, one.scheme HAVING count(DISTINCT link.source) > 1
ORDER BY target.iri, one.scheme
