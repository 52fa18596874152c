-- +goose Up
CREATE TABLE IF NOT EXISTS audit_entries (
    organisation   TEXT NOT NULL,
    seq            INTEGER NOT NULL,
    at             DATETIME NOT NULL,
    actor          TEXT NOT NULL,
    verb           TEXT NOT NULL,
    subject        TEXT NOT NULL,
    detail         TEXT NOT NULL,
    previous       BLOB NOT NULL,
    hash           BLOB NOT NULL,
    PRIMARY KEY (organisation, seq)
);
