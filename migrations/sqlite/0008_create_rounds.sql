-- +goose Up
CREATE TABLE IF NOT EXISTS rounds (
    id             TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    iteration      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    title_de       TEXT NOT NULL,
    title_en       TEXT NOT NULL,
    state          TEXT NOT NULL,
    opens          DATETIME NOT NULL,
    closes         DATETIME NOT NULL,
    k              INTEGER NOT NULL,
    questionnaire  TEXT NOT NULL,
    invited        INTEGER NOT NULL,
    paper          INTEGER NOT NULL,
    fingerprint    BLOB NOT NULL,
    counted_at     DATETIME NULL,
    PRIMARY KEY (id)
);
