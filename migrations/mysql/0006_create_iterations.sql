-- +goose Up
CREATE TABLE IF NOT EXISTS iterations (
    id             VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    programme      VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    number         INT NOT NULL,
    phase          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    starts         DATETIME(6) NOT NULL,
    ends           DATETIME(6) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (programme, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
