-- +goose Up
CREATE TABLE IF NOT EXISTS mail_pace (
    lane           TEXT NOT NULL,
    free_at        INTEGER NOT NULL,
    PRIMARY KEY (lane)
);
