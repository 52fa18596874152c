-- +goose Up
CREATE TABLE IF NOT EXISTS recovery_codes (
    account        VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    hash           VARBINARY(32) NOT NULL,
    PRIMARY KEY (account, hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
