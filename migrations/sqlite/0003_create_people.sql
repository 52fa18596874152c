-- +goose Up
CREATE TABLE IF NOT EXISTS people (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    email          TEXT NOT NULL,
    name           TEXT NOT NULL,
    unit           TEXT NOT NULL,
    locale         TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
);
