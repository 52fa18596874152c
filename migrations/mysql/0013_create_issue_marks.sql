-- +goose Up
CREATE TABLE IF NOT EXISTS issue_marks (
    round          VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    mark           VARBINARY(32) NOT NULL,
    req            VARBINARY(32) NOT NULL,
    PRIMARY KEY (round, mark)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
