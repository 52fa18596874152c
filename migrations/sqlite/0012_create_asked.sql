-- +goose Up
CREATE TABLE IF NOT EXISTS asked (
    person         TEXT NOT NULL,
    process        TEXT NOT NULL,
    role           TEXT NOT NULL,
    times          INTEGER NOT NULL,
    PRIMARY KEY (person, process, role)
);
