-- +goose Up
CREATE TABLE IF NOT EXISTS issue_marks (
    round          TEXT NOT NULL,
    mark           BLOB NOT NULL,
    req            BLOB NOT NULL,
    PRIMARY KEY (round, mark)
) WITHOUT ROWID;
