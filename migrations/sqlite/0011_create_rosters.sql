-- +goose Up
CREATE TABLE IF NOT EXISTS rosters (
    round          TEXT NOT NULL,
    mark           BLOB NOT NULL,
    process        TEXT NOT NULL,
    role           TEXT NOT NULL,
    unit           TEXT NOT NULL,
    PRIMARY KEY (round, mark)
) WITHOUT ROWID;
