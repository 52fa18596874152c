-- +goose Up
CREATE TABLE IF NOT EXISTS finding_edits (
    iteration      TEXT NOT NULL,
    language       TEXT NOT NULL,
    body           TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (iteration, language)
);
