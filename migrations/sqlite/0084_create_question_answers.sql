-- +goose Up
CREATE TABLE IF NOT EXISTS question_answers (
    question       TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    body           TEXT NOT NULL,
    day            TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (question)
) WITHOUT ROWID;
