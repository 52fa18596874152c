-- +goose Up
CREATE TABLE IF NOT EXISTS identities (
    hash           VARBINARY(32) NOT NULL,
    account        VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
