-- Mailboxes at servers: what a mail looks like there, and how far a folder is settled (ranges of UIDs).
ALTER TABLE mail ADD COLUMN trace TEXT COLLATE "C";
CREATE INDEX mail_trace ON mail (trace, mailbox) WHERE trace IS NOT NULL;

CREATE TABLE folder (
    mailbox TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    uid_validity BIGINT NOT NULL,
    settled TEXT NOT NULL,
    PRIMARY KEY (mailbox, name)
);
