-- The home that the store belongs to: one row, once it is known.
CREATE TABLE home (
    single BIGINT NOT NULL PRIMARY KEY CHECK (single = 1),
    id TEXT COLLATE "C" NOT NULL
);
