-- What a harvest of one source knows: how far it has come, what it has read and not delivered yet, and what is held.

CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL  -- JSON
) WITHOUT ROWID;
CREATE TABLE item (  -- what is held, or was
    key TEXT PRIMARY KEY,  -- the identifier in the list
    datestamp TEXT NOT NULL,
    oai INTEGER NOT NULL,  -- whether the key is an OAI identifier
    deleted INTEGER NOT NULL,
    parts TEXT NOT NULL  -- JSON: control number and agency of each record
) WITHOUT ROWID;
CREATE TABLE part (  -- the items that have a record with this number, as the list brought them last
    number TEXT NOT NULL,
    agency TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (number, agency, key)
) WITHOUT ROWID;
CREATE TABLE listed (  -- what the list has brought that is being read
    key TEXT PRIMARY KEY,
    datestamp TEXT NOT NULL,
    attempt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE stage (  -- what was read and is not delivered yet
    key TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,  -- the order in which it came
    datestamp TEXT NOT NULL,
    oai INTEGER NOT NULL,  -- whether the key is an OAI identifier
    deleted INTEGER NOT NULL,  -- whether the list says that it is deleted
    gone INTEGER NOT NULL,  -- whether that or its records say so
    parts TEXT  -- JSON, as of an item; NULL where those that are held stay
);
CREATE TABLE staged_record (
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    raw BLOB NOT NULL,
    names TEXT NOT NULL,  -- JSON
    deleted INTEGER NOT NULL,
    PRIMARY KEY (key, position)
);
CREATE TABLE quarantine (  -- what could not be read
    key TEXT PRIMARY KEY,
    datestamp TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE TABLE request (  -- what pages of the list were asked with
    digest TEXT PRIMARY KEY
) WITHOUT ROWID;
