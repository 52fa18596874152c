-- +goose Up
CREATE TABLE IF NOT EXISTS sessions (
    hash           VARBINARY(32) NOT NULL,
    account        VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    stage          VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    pending        VARBINARY(255) NOT NULL,
    created        DATETIME(6) NOT NULL,
    seen           DATETIME(6) NOT NULL,
    confirmed      DATETIME(6) NOT NULL,
    PRIMARY KEY (hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
