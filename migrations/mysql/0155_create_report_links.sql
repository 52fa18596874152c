-- +goose Up
CREATE TABLE IF NOT EXISTS report_links (
    id      VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    report  VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    hash    VARBINARY(32) NOT NULL,
    expires DATETIME(6) NOT NULL,
    revoked DATETIME(6) NULL,
    PRIMARY KEY (id),
    UNIQUE (hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
