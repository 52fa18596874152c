-- +goose Up
CREATE TABLE IF NOT EXISTS recovery_codes (
    account        TEXT NOT NULL,
    hash           BLOB NOT NULL,
    PRIMARY KEY (account, hash)
);
