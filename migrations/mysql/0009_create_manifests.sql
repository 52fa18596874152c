-- +goose Up
CREATE TABLE IF NOT EXISTS manifests (
    round          VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    canonical      LONGBLOB NOT NULL,
    PRIMARY KEY (round)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
