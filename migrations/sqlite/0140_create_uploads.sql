-- +goose Up
CREATE TABLE IF NOT EXISTS uploads (
    id              TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    actor           TEXT NOT NULL,
    content         BLOB NOT NULL,
    kept            DATETIME NOT NULL,
    PRIMARY KEY (id)
);
