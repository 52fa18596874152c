-- +goose Up
CREATE TABLE IF NOT EXISTS cadences (
    programme      TEXT NOT NULL,
    body           TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (programme)
);
