-- The home that the store belongs to: one row, once it is known.
CREATE TABLE home (
    single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
    id TEXT NOT NULL
) STRICT;
