-- +goose Up
CREATE TABLE IF NOT EXISTS field_numbers (
    round          TEXT NOT NULL,
    day            TEXT NOT NULL,
    answers        INTEGER NOT NULL,
    PRIMARY KEY (round)
);
