-- +goose Up
CREATE TABLE IF NOT EXISTS attempts (
    name           VARBINARY(32) NOT NULL,
    since          DATETIME(6) NOT NULL,
    n              INT NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
