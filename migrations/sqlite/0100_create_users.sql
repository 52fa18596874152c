-- +goose Up
CREATE TABLE IF NOT EXISTS users (
    id             TEXT NOT NULL,
    email          TEXT NOT NULL,
    name           TEXT NOT NULL,
    role           TEXT NOT NULL,
    language       TEXT NOT NULL,
    password       TEXT NOT NULL,
    second         BLOB NOT NULL,
    step           INTEGER NOT NULL,
    created        DATETIME NOT NULL,
    last_day       TEXT NOT NULL,
    ended          DATETIME NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email)
);
