-- +goose Up
CREATE TABLE IF NOT EXISTS ballots (
    round          TEXT NOT NULL,
    ticket_hash    BLOB NOT NULL,
    sealed         BLOB NOT NULL,
    digest         BLOB NOT NULL,
    PRIMARY KEY (round, ticket_hash)
) WITHOUT ROWID;
