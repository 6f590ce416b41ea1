-- The component of an IRI.
SELECT component FROM node WHERE iri = ?
