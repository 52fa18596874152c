-- +goose Up
CREATE TABLE IF NOT EXISTS questions (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    code           BLOB NOT NULL,
    day            TEXT NOT NULL,
    body           TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
) WITHOUT ROWID;
