-- +goose Up
CREATE TABLE IF NOT EXISTS comments (
    id             TEXT NOT NULL,
    round          TEXT NOT NULL,
    body           TEXT NOT NULL,
    kind           TEXT NOT NULL,
    PRIMARY KEY (round, id)
) WITHOUT ROWID;
