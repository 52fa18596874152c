-- +goose Up
CREATE TABLE IF NOT EXISTS mailings (
    round          TEXT NOT NULL,
    kind           TEXT NOT NULL,
    state          TEXT NOT NULL,
    begun          DATETIME NOT NULL,
    PRIMARY KEY (round, kind)
);
