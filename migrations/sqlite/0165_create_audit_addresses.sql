-- +goose Up
CREATE TABLE IF NOT EXISTS audit_addresses (
    organisation   TEXT NOT NULL,
    seq            INTEGER NOT NULL,
    at             DATETIME NOT NULL,
    address        TEXT NOT NULL,
    PRIMARY KEY (organisation, seq)
);
