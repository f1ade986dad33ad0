// The tables of the one-machine store. What DynamoDB keeps as items under one key design lies here in tables of its own.

/** Raised with every change of the tables; the host refuses a file of another version. */
export const schemaVersion = 3;

// Big, append-mostly tables keep their rowid: new rows land on the last page, so that a commit touches few pages, and a key
// is found in an index that holds no large rows.
export const schema = `
CREATE TABLE streams (
  stream TEXT PRIMARY KEY, version INTEGER NOT NULL, epoch INTEGER NOT NULL, next_due INTEGER,
  state TEXT, opened_at INTEGER, summary TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX streams_due ON streams (next_due, stream) WHERE next_due IS NOT NULL;
CREATE INDEX streams_state ON streams (state, opened_at) WHERE state IS NOT NULL;

CREATE TABLE commits (
  stream TEXT NOT NULL, version INTEGER NOT NULL, events TEXT NOT NULL,
  PRIMARY KEY (stream, version)
) STRICT;

CREATE TABLE snapshots (
  stream TEXT NOT NULL, schema INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (stream, schema)
) STRICT;

CREATE TABLE claims (
  key TEXT PRIMARY KEY, holder TEXT NOT NULL, detail TEXT, until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_until ON claims (until) WHERE until IS NOT NULL;

CREATE TABLE causes (
  stream TEXT NOT NULL, cause TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (stream, cause)
) STRICT;

CREATE TABLE alerts (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, source TEXT NOT NULL,
  service TEXT NOT NULL, correlation TEXT NOT NULL, drill INTEGER NOT NULL, status TEXT NOT NULL,
  severity TEXT NOT NULL, title TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
  accepted_at INTEGER NOT NULL, passed_at INTEGER NOT NULL, count INTEGER NOT NULL,
  disposition TEXT, settled_pass INTEGER, incident TEXT, member TEXT, memory TEXT, gravity TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_member ON alerts (member, gravity) WHERE member IS NOT NULL;
CREATE INDEX alerts_unsettled ON alerts (accepted_at) WHERE disposition IS NULL;

CREATE TABLE alert_details (
  alert INTEGER PRIMARY KEY, at INTEGER NOT NULL, description TEXT, labels TEXT NOT NULL, link TEXT
) STRICT;

CREATE TABLE member_counts (incident TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE stashes (
  ref TEXT PRIMARY KEY, at INTEGER NOT NULL, passed_at INTEGER NOT NULL, alerts TEXT NOT NULL
) STRICT;

CREATE TABLE leases (
  delivery TEXT PRIMARY KEY, at INTEGER, until INTEGER NOT NULL, finished INTEGER NOT NULL
) STRICT;
CREATE INDEX leases_open ON leases (until) WHERE finished = 0;

CREATE TABLE config_items (
  version TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (version, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE config_switches (row INTEGER PRIMARY KEY, version TEXT NOT NULL, at INTEGER NOT NULL) STRICT;

CREATE TABLE feed (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE TABLE cursors (function TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

CREATE TABLE retries (
  row INTEGER PRIMARY KEY, function TEXT NOT NULL, message TEXT NOT NULL, body TEXT NOT NULL,
  receives INTEGER NOT NULL, due INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX retries_due ON retries (function, due);

CREATE TABLE dead_letters (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, function TEXT NOT NULL, reason TEXT NOT NULL,
  at INTEGER NOT NULL, body TEXT NOT NULL, queued INTEGER NOT NULL
) STRICT;
`;
