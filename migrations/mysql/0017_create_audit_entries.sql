-- +goose Up
CREATE TABLE IF NOT EXISTS audit_entries (
    organisation   VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    seq            INT NOT NULL,
    at             DATETIME(6) NOT NULL,
    actor          VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    verb           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    subject        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    detail         LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    previous       VARBINARY(32) NOT NULL,
    hash           VARBINARY(32) NOT NULL,
    PRIMARY KEY (organisation, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
