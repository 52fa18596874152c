-- +goose Up
CREATE TABLE IF NOT EXISTS members (
    round          TEXT NOT NULL,
    handle         BLOB NOT NULL,
    person         TEXT NOT NULL,
    process        TEXT NOT NULL,
    role           TEXT NOT NULL,
    unit           TEXT NOT NULL,
    locale         TEXT NOT NULL,
    PRIMARY KEY (round, handle)
) WITHOUT ROWID;
