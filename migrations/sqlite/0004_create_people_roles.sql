-- +goose Up
CREATE TABLE IF NOT EXISTS people_roles (
    person         TEXT NOT NULL,
    process        TEXT NOT NULL,
    role           TEXT NOT NULL,
    PRIMARY KEY (person, process, role)
);
