-- +goose Up
CREATE TABLE IF NOT EXISTS programmes (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    name           TEXT NOT NULL,
    PRIMARY KEY (id)
);
