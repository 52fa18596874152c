-- +goose Up
CREATE TABLE IF NOT EXISTS maturity_models (
    organisation   TEXT NOT NULL,
    model          TEXT NOT NULL,
    settings       TEXT NOT NULL,
    PRIMARY KEY (organisation, model)
);
