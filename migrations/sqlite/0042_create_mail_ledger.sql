-- +goose Up
CREATE TABLE IF NOT EXISTS mail_ledger (
    round          TEXT NOT NULL,
    entry          BLOB NOT NULL,
    state          TEXT NOT NULL,
    PRIMARY KEY (round, entry)
) WITHOUT ROWID;
