-- Mailboxes at servers: what a mail looks like there, and how far a folder is settled (ranges of UIDs).
ALTER TABLE mail ADD COLUMN trace TEXT;
CREATE INDEX mail_trace ON mail (trace, mailbox) WHERE trace IS NOT NULL;

CREATE TABLE folder (
    mailbox TEXT NOT NULL,
    name TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    settled TEXT NOT NULL,
    PRIMARY KEY (mailbox, name)
) STRICT, WITHOUT ROWID;
