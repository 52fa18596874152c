-- +goose Up
CREATE TABLE IF NOT EXISTS idempotency (
    actor          TEXT NOT NULL,
    reply_key      TEXT NOT NULL,
    claim          TEXT NOT NULL,
    digest         BLOB NOT NULL,
    sealed         BLOB NULL,
    claimed        DATETIME NOT NULL,
    PRIMARY KEY (actor, reply_key)
);
