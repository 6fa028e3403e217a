-- Times are epoch microseconds in UTC. Columns hold what is queried or constrained, body holds the whole record as JSON.
CREATE TABLE definition (
    id BLOB NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (unit, version)
) STRICT;

CREATE TABLE unit (
    name TEXT NOT NULL PRIMARY KEY,
    definition BLOB NOT NULL REFERENCES definition (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id BLOB NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (unit, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_created ON run (created, id);
CREATE INDEX run_status ON run (unit, status);

CREATE TABLE event (
    run BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('mail', 0);

CREATE TABLE mail (
    id INTEGER NOT NULL PRIMARY KEY,
    mailbox TEXT NOT NULL,
    identity TEXT NOT NULL,
    state TEXT NOT NULL,
    place TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX mail_mailbox ON mail (mailbox, id);
CREATE INDEX mail_identity ON mail (identity, mailbox);
CREATE INDEX mail_place ON mail (place) WHERE place IS NOT NULL;
CREATE INDEX mail_unread ON mail (mailbox, id) WHERE state = 'UNREAD';
CREATE INDEX mail_quarantined ON mail (id) WHERE state = 'QUARANTINED';

CREATE TABLE mail_join (
    id INTEGER NOT NULL PRIMARY KEY,
    mail INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX mail_join_mail ON mail_join (mail, at);

CREATE TABLE watch (
    id TEXT NOT NULL PRIMARY KEY,
    mailbox TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX watch_mailbox ON watch (mailbox, created, id);

CREATE TABLE mailbox (
    name TEXT NOT NULL PRIMARY KEY,
    watch_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    id TEXT NOT NULL PRIMARY KEY,
    mail INTEGER NOT NULL,
    watch TEXT NOT NULL,
    run BLOB NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (mail, watch)
) STRICT;
CREATE INDEX claim_run ON claim (run);

CREATE TABLE outbox (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    agent TEXT NOT NULL,
    assignment TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE alarm (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    about TEXT NOT NULL,
    since INTEGER NOT NULL,
    cleared INTEGER,
    problem TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alarm_open ON alarm (about) WHERE cleared IS NULL;

CREATE TABLE report (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX report_at ON report (at);

CREATE TABLE timer (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_at ON timer (at, id);
