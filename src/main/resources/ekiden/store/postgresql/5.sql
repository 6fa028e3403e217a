-- Which job sent which mail, and what came back of it.
CREATE TABLE sent_mail (
    message_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run UUID NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX sent_mail_run ON sent_mail (run);

CREATE TABLE returned (
    message_id TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (message_id, recipient, action, status)
);
