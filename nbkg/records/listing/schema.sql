-- The listing. All of it can be computed from the store of records and the journal of intakes.

CREATE TABLE source (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    deliveries INTEGER NOT NULL,  -- the last delivery that was taken in
    edits INTEGER NOT NULL  -- the last edit that was taken in
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY,  -- the number of the source times 2^40, and the number of the record in its source
    name TEXT NOT NULL UNIQUE,  -- the source, a slash, and the key of the record in its source
    stamp INTEGER NOT NULL,  -- when it changed, in seconds since 1970
    status INTEGER NOT NULL,  -- 0 live, 1 deleted, 2 unreadable
    collections TEXT NOT NULL  -- the numbers of its sets, with blanks between; negative for those that it has left
);
CREATE TABLE collection (
    id INTEGER PRIMARY KEY,
    spec TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL
);
CREATE TABLE member (
    collection INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    record INTEGER NOT NULL,
    has_left INTEGER NOT NULL,  -- whether it was in the set before and is in it no more
    PRIMARY KEY (collection, stamp, record)
) WITHOUT ROWID;
CREATE TABLE code (
    name TEXT NOT NULL,  -- what the value is: isbn, language
    value TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (name, value, record)
) WITHOUT ROWID;
CREATE INDEX code_of_record ON code (record);
-- The forms of words are as in the index of words (nbkg/text_index/writing.py), by which they are looked up.
CREATE TABLE word (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    documents INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE form (key TEXT, kind INTEGER, word INTEGER, PRIMARY KEY (key, kind, word)) WITHOUT ROWID;
