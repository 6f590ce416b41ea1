-- What the check of links holds: rows as they were read, then nodes (each IRI once, whatever its form) and links of nodes.
CREATE TABLE row (kind TEXT, source TEXT, target TEXT, graph TEXT);
CREATE TABLE name (iri TEXT PRIMARY KEY, key TEXT, scheme TEXT) WITHOUT ROWID;
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, scheme TEXT, component INTEGER);
CREATE TABLE link (source INTEGER, target INTEGER, predicate TEXT, graph TEXT, joins INTEGER);
CREATE TABLE fate (node INTEGER, state TEXT, successor TEXT);
CREATE TABLE never (one INTEGER, other INTEGER, graph TEXT);
CREATE TABLE identity (predicate TEXT);
