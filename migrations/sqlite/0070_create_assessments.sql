-- +goose Up
CREATE TABLE IF NOT EXISTS assessments (
    id             TEXT NOT NULL,
    iteration      TEXT NOT NULL,
    process        TEXT NOT NULL,
    settings       TEXT NOT NULL,
    version        INTEGER NOT NULL,
    turn           INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (iteration, process)
);
