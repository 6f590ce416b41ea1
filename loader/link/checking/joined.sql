-- Registers of which a component has several things: component, register.
SELECT component, scheme FROM node
WHERE component IN (SELECT component FROM node GROUP BY component HAVING count(*) > 2)
  AND NOT EXISTS (SELECT 1 FROM fate WHERE fate.node = node.id)
GROUP BY component, scheme HAVING count(*) > 1
ORDER BY component, scheme
