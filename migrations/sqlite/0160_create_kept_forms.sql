-- +goose Up
CREATE TABLE IF NOT EXISTS kept_forms (
    account TEXT NOT NULL,
    page    TEXT NOT NULL,
    sealed  BLOB NOT NULL,
    kept    DATETIME NOT NULL,
    PRIMARY KEY (account, page)
);
