-- +goose Up
CREATE TABLE IF NOT EXISTS mail_pace (
    lane           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    free_at        BIGINT NOT NULL,
    PRIMARY KEY (lane)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
