CREATE TABLE record (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, description TEXT NOT NULL);
CREATE TABLE block (key TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (key, record)) WITHOUT ROWID;
CREATE TABLE member (level TEXT NOT NULL, record TEXT NOT NULL, cluster TEXT NOT NULL, PRIMARY KEY (level, record)) WITHOUT ROWID;
CREATE INDEX cluster_member ON member (level, cluster);
