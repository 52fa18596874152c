-- +goose Up
CREATE TABLE IF NOT EXISTS assessment_sheets (
    assessment     TEXT NOT NULL,
    assessor       TEXT NOT NULL,
    team           TEXT NOT NULL,
    settings       TEXT NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (assessment, assessor, team)
);
