-- +goose Up
CREATE TABLE IF NOT EXISTS reports (
    id             TEXT NOT NULL,
    iteration      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    language       TEXT NOT NULL,
    number         INTEGER NOT NULL,
    state          TEXT NOT NULL,
    reason         TEXT NOT NULL,
    document       TEXT NOT NULL,
    data_hash      BLOB NOT NULL,
    file_name      TEXT NOT NULL,
    file_hash      BLOB NOT NULL,
    body           BLOB NOT NULL,
    created        DATETIME NOT NULL,
    issued         DATETIME NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (iteration, kind, language, number)
);
