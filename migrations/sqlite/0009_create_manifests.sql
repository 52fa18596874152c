-- +goose Up
CREATE TABLE IF NOT EXISTS manifests (
    round          TEXT NOT NULL,
    canonical      BLOB NOT NULL,
    PRIMARY KEY (round)
);
