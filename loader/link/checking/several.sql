-- One thing on two identifiers of one register: the thing's node, the register of the identifiers.
SELECT link.source, other.scheme
FROM link JOIN node other ON other.id = link.target JOIN node source ON source.id = link.source
WHERE link.joins AND other.scheme != source.scheme
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node = other.id)
GROUP BY link.source, other.scheme HAVING count(DISTINCT link.target) > 1
ORDER BY source.iri, other.scheme
