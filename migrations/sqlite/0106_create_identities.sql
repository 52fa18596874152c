-- +goose Up
CREATE TABLE IF NOT EXISTS identities (
    hash           BLOB NOT NULL,
    account        TEXT NOT NULL,
    PRIMARY KEY (hash)
);
