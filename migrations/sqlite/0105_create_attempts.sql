-- +goose Up
CREATE TABLE IF NOT EXISTS attempts (
    name           BLOB NOT NULL,
    since          DATETIME NOT NULL,
    n              INTEGER NOT NULL,
    PRIMARY KEY (name)
);
