-- Nodes and their links, from the rows and from the one form of each name. What says links comes before what is only linked to:
-- the first node of a component gives it its number.
INSERT INTO node (iri, scheme)
  SELECT key, min(scheme) FROM name GROUP BY key
  ORDER BY max(iri IN (SELECT source FROM row WHERE kind LIKE 'http%')) DESC, key;
CREATE TABLE named AS SELECT name.iri AS iri, node.id AS node FROM name JOIN node ON node.iri = name.key ORDER BY name.iri;
CREATE UNIQUE INDEX by_name ON named (iri);
INSERT INTO link
  SELECT DISTINCT one.node, other.node, row.kind, row.graph, row.kind IN (SELECT predicate FROM identity)
  FROM row JOIN named one ON one.iri = row.source JOIN named other ON other.iri = row.target
  WHERE row.kind LIKE 'http%';
-- An identifier that a thing has is a link to the address of its number (rdfs:seeAlso), unless it was its own only once.
CREATE INDEX number_of ON row (source) WHERE kind = 'http://www.w3.org/2000/01/rdf-schema#seeAlso';
CREATE INDEX former_number ON row (source) WHERE kind = 'former';
INSERT INTO link
  SELECT DISTINCT one.node, other.node, 'http://www.w3.org/ns/adms#identifier', row.graph, 1
  FROM row JOIN row number ON number.source = row.target AND number.kind = 'http://www.w3.org/2000/01/rdf-schema#seeAlso'
  JOIN named one ON one.iri = row.source JOIN named other ON other.iri = number.target
  WHERE row.kind = 'identifier' AND one.node != other.node
    AND NOT EXISTS (SELECT 1 FROM row former WHERE former.kind = 'former' AND former.source = row.target);
INSERT INTO fate
  SELECT DISTINCT named.node, row.kind, row.target
  FROM row JOIN named ON named.iri = row.source
  WHERE row.kind IN ('replaced', 'split', 'deprecated', 'withdrawn');
INSERT INTO never
  SELECT DISTINCT one.node, other.node, row.graph
  FROM row JOIN named one ON one.iri = row.source JOIN named other ON other.iri = row.target
  WHERE row.kind = 'never';
INSERT INTO never
  SELECT DISTINCT one.node, other.node, negated.graph
  FROM row negated
  JOIN row source ON source.source = negated.source AND source.kind = 'mapping source'
  JOIN row target ON target.source = negated.source AND target.kind = 'mapping target'
  JOIN named one ON one.iri = source.target JOIN named other ON other.iri = target.target
  WHERE negated.kind = 'negated mapping';
CREATE INDEX link_by_source ON link (source) WHERE joins;
CREATE INDEX link_by_target ON link (target) WHERE joins;
CREATE INDEX link_to ON link (target);
CREATE INDEX fate_of ON fate (node);
CREATE INDEX named_node ON named (node);
CREATE INDEX reference_to ON row (target) WHERE kind = 'reference';
