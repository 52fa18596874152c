-- +goose Up
CREATE TABLE IF NOT EXISTS questionnaires (
    hash           TEXT NOT NULL,
    body           TEXT NOT NULL,
    PRIMARY KEY (hash)
);
