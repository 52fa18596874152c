-- +goose Up
CREATE TABLE IF NOT EXISTS tokens (
    id             TEXT NOT NULL,
    hash           BLOB NOT NULL,
    organisation   TEXT NOT NULL,
    role           TEXT NOT NULL,
    processes      TEXT NOT NULL,
    name           TEXT NOT NULL,
    created        DATETIME NOT NULL,
    expires        DATETIME NOT NULL,
    revoked        DATETIME NULL,
    PRIMARY KEY (id),
    UNIQUE (hash)
);
