-- +goose Up
CREATE TABLE IF NOT EXISTS report_orders (
    iteration      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    number         INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    PRIMARY KEY (iteration, kind, number)
);
