-- +goose Up
CREATE TABLE IF NOT EXISTS results (
    round          TEXT NOT NULL,
    results        TEXT NOT NULL,
    kept           TEXT NOT NULL,
    tickets        BLOB NOT NULL,
    PRIMARY KEY (round)
) WITHOUT ROWID;
