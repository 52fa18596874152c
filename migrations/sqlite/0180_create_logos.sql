-- +goose Up
CREATE TABLE IF NOT EXISTS logos (
    organisation TEXT NOT NULL,
    png          BLOB NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    PRIMARY KEY (organisation)
);
