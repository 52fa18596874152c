-- +goose Up
CREATE TABLE IF NOT EXISTS heartbeats (
    name           TEXT NOT NULL,
    at             INTEGER NOT NULL,
    PRIMARY KEY (name)
);
