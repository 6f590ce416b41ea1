-- The first thing of each component with each other one: a component's number is that of its first node.
SELECT node.component, first.iri, kinds.predicate, node.iri
FROM node JOIN node first ON first.id = node.component
JOIN (
  SELECT source.component AS component, max(link.predicate) AS predicate
  FROM link JOIN node source ON source.id = link.source WHERE link.joins GROUP BY source.component
) kinds ON kinds.component = node.component
WHERE node.id != node.component
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node IN (node.id, first.id))
ORDER BY first.iri, node.iri
