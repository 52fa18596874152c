-- +goose Up
CREATE TABLE IF NOT EXISTS coachings (
    organisation   TEXT NOT NULL,
    body           TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (organisation)
);
