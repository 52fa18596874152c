-- +goose Up
CREATE TABLE IF NOT EXISTS records (
    id             TEXT NOT NULL,
    iteration      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    number         INTEGER NOT NULL,
    process        TEXT NOT NULL,
    settings       TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (iteration, kind, number)
);
