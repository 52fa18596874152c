-- +goose Up
CREATE TABLE IF NOT EXISTS kept_forms (
    account VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    page    VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    sealed  LONGBLOB NOT NULL,
    kept    DATETIME(6) NOT NULL,
    PRIMARY KEY (account, page)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
