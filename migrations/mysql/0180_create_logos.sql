-- +goose Up
CREATE TABLE IF NOT EXISTS logos (
    organisation VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    png          LONGBLOB NOT NULL,
    width        INT NOT NULL,
    height       INT NOT NULL,
    PRIMARY KEY (organisation)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
