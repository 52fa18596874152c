-- +goose Up
CREATE TABLE IF NOT EXISTS idempotency (
    actor          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    reply_key      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    claim          VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    digest         VARBINARY(32) NOT NULL,
    sealed         LONGBLOB NULL,
    claimed        DATETIME(6) NOT NULL,
    PRIMARY KEY (actor, reply_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
