-- Which job sent which mail, and what came back of it.
CREATE TABLE sent_mail (
    message_id TEXT NOT NULL PRIMARY KEY,
    run BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_mail_run ON sent_mail (run);

CREATE TABLE returned (
    message_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    action TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (message_id, recipient, action, status)
) STRICT, WITHOUT ROWID;
