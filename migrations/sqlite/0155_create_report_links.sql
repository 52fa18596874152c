-- +goose Up
CREATE TABLE IF NOT EXISTS report_links (
    id      TEXT NOT NULL,
    report  TEXT NOT NULL,
    hash    BLOB NOT NULL,
    expires DATETIME NOT NULL,
    revoked DATETIME NULL,
    PRIMARY KEY (id),
    UNIQUE (hash)
);
