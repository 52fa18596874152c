-- +goose Up
CREATE TABLE IF NOT EXISTS measurements (
    kpi            TEXT NOT NULL,
    day            TEXT NOT NULL,
    source         TEXT NOT NULL,
    value          REAL NOT NULL,
    note           TEXT NOT NULL,
    recorded       DATETIME NOT NULL,
    PRIMARY KEY (kpi, day, source)
);
