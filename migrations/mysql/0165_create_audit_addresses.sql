-- +goose Up
CREATE TABLE IF NOT EXISTS audit_addresses (
    organisation   VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    seq            INT NOT NULL,
    at             DATETIME(6) NOT NULL,
    address        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (organisation, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
