-- +goose Up
CREATE TABLE IF NOT EXISTS installations (
    slot           INTEGER NOT NULL,
    name           TEXT NOT NULL,
    generation     INTEGER NOT NULL,
    configuration  TEXT NOT NULL,
    PRIMARY KEY (slot)
);
