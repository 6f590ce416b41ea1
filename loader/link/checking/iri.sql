-- The IRI of a node.
SELECT iri FROM node WHERE id = ?
