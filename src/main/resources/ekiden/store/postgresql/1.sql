-- Times are epoch microseconds in UTC. Columns hold what is queried or constrained, body holds the whole record as JSON.
CREATE TABLE definition (
    id UUID NOT NULL PRIMARY KEY,
    unit TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (unit, version)
);

CREATE TABLE unit (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    definition UUID NOT NULL REFERENCES definition (id)
);

CREATE TABLE run (
    id UUID NOT NULL PRIMARY KEY,
    unit TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    created BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (unit, number)
);
CREATE INDEX run_created ON run (created, id);
CREATE INDEX run_status ON run (unit, status);

CREATE TABLE event (
    run UUID NOT NULL,
    sequence BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (run, sequence)
);

CREATE TABLE counter (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('mail', 0);

CREATE TABLE mail (
    id BIGINT NOT NULL PRIMARY KEY,
    mailbox TEXT COLLATE "C" NOT NULL,
    identity TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C",
    body TEXT NOT NULL
);
CREATE INDEX mail_mailbox ON mail (mailbox, id);
CREATE INDEX mail_identity ON mail (identity, mailbox);
CREATE INDEX mail_place ON mail (place) WHERE place IS NOT NULL;
CREATE INDEX mail_unread ON mail (mailbox, id) WHERE state = 'UNREAD';
CREATE INDEX mail_quarantined ON mail (id) WHERE state = 'QUARANTINED';

CREATE TABLE mail_join (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mail BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX mail_join_mail ON mail_join (mail, at);

CREATE TABLE watch (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    mailbox TEXT COLLATE "C" NOT NULL,
    created BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX watch_mailbox ON watch (mailbox, created, id);

CREATE TABLE mailbox (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    watch_version BIGINT NOT NULL
);

CREATE TABLE claim (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    mail BIGINT NOT NULL,
    watch TEXT COLLATE "C" NOT NULL,
    run UUID NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (mail, watch)
);
CREATE INDEX claim_run ON claim (run);

CREATE TABLE outbox (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent TEXT COLLATE "C" NOT NULL,
    assignment TEXT COLLATE "C" NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE alarm (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    about TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    cleared BIGINT,
    problem TEXT NOT NULL
);
CREATE UNIQUE INDEX alarm_open ON alarm (about) WHERE cleared IS NULL;

CREATE TABLE report (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX report_at ON report (at);

CREATE TABLE timer (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX timer_at ON timer (at, id);
