-- +goose Up
CREATE TABLE IF NOT EXISTS user_organisations (
    account        TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    processes      TEXT NOT NULL,
    consented      DATETIME NULL,
    PRIMARY KEY (account, organisation)
);
