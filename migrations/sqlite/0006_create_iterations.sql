-- +goose Up
CREATE TABLE IF NOT EXISTS iterations (
    id             TEXT NOT NULL,
    programme      TEXT NOT NULL,
    number         INTEGER NOT NULL,
    phase          TEXT NOT NULL,
    starts         DATETIME NOT NULL,
    ends           DATETIME NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (programme, number)
);
