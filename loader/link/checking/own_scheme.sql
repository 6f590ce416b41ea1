-- A link by which two things of one register would be one: both nodes.
SELECT DISTINCT link.source, link.target
FROM link JOIN node one ON one.id = link.source JOIN node other ON other.id = link.target
WHERE link.joins AND one.scheme = other.scheme AND one.id != other.id
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node IN (one.id, other.id))
ORDER BY one.iri, other.iri
