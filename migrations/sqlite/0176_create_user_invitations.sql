-- +goose Up
CREATE TABLE IF NOT EXISTS user_invitations (
    account        TEXT NOT NULL,
    organisation   TEXT NOT NULL,
    role           TEXT NOT NULL,
    name           TEXT NOT NULL,
    language       TEXT NOT NULL,
    processes      TEXT NOT NULL,
    consented      DATETIME NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (account, organisation)
);
