-- The index of a source's records. All of it can be computed from the file of blocks.

CREATE TABLE delivery (
    number INTEGER PRIMARY KEY,
    description TEXT NOT NULL  -- JSON, as in its block
);
CREATE TABLE block (
    first INTEGER PRIMARY KEY,  -- the number of its first entry
    position INTEGER NOT NULL  -- where it begins in the file
);
CREATE TABLE content (
    digest INTEGER PRIMARY KEY,  -- the first 8 bytes of the SHA-256, or the next free number where two records share them
    entry INTEGER NOT NULL
);
CREATE TABLE version (
    record INTEGER NOT NULL,
    number INTEGER NOT NULL,  -- 1 for the first version of the record
    delivery INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    content INTEGER,  -- the entry with its bytes: NULL for the entry itself, 0 for none
    deleted INTEGER NOT NULL,
    PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE name (
    kind INTEGER NOT NULL,
    value TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (kind, value, record)
) WITHOUT ROWID;
CREATE TABLE edit (
    number INTEGER PRIMARY KEY,
    record INTEGER NOT NULL,
    delivery INTEGER NOT NULL,  -- the newest delivery when it was made
    position INTEGER NOT NULL,  -- where its block begins in the file
    withdraws INTEGER  -- the edit that it withdraws
);
CREATE INDEX edit_of_record ON edit (record);
CREATE TABLE state (
    size INTEGER NOT NULL,  -- how much of the file is indexed
    entries INTEGER NOT NULL,  -- the number of the last entry
    records INTEGER NOT NULL  -- the number of the last record
);
INSERT INTO state VALUES (0, 0, 0);
