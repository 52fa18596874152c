-- +goose Up
CREATE TABLE IF NOT EXISTS sessions (
    hash           BLOB NOT NULL,
    account        TEXT NOT NULL,
    stage          TEXT NOT NULL,
    pending        BLOB NOT NULL,
    created        DATETIME NOT NULL,
    seen           DATETIME NOT NULL,
    confirmed      DATETIME NOT NULL,
    PRIMARY KEY (hash)
);
