-- +goose Up
CREATE TABLE IF NOT EXISTS moderations (
    comment        TEXT NOT NULL,
    round          TEXT NOT NULL,
    settings       TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (comment)
);
