-- +goose Up
CREATE TABLE IF NOT EXISTS list_entries (
    organisation   TEXT NOT NULL,
    list           TEXT NOT NULL,
    entry_key      TEXT NOT NULL,
    position       INTEGER NOT NULL,
    name_de        TEXT NOT NULL,
    name_en        TEXT NOT NULL,
    PRIMARY KEY (organisation, list, entry_key)
);
