-- +goose Up
CREATE TABLE IF NOT EXISTS outbox (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    kind           TEXT NOT NULL,
    subject        TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    language       TEXT NOT NULL,
    attachment     TEXT NOT NULL,
    places         TEXT NOT NULL,
    state          TEXT NOT NULL,
    tries          INTEGER NOT NULL,
    due            DATETIME NOT NULL,
    outcome        TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (kind, subject, recipient)
);
