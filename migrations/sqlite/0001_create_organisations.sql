-- +goose Up
CREATE TABLE IF NOT EXISTS organisations (
    id             TEXT NOT NULL,
    org_key        TEXT NOT NULL,
    name           TEXT NOT NULL,
    zone           TEXT NOT NULL,
    k              INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (org_key)
);
