-- +goose Up
CREATE TABLE IF NOT EXISTS access_codes (
    hash           BLOB NOT NULL,
    account        TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    expires        DATETIME NOT NULL,
    PRIMARY KEY (hash)
);
