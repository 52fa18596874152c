-- +goose Up
CREATE TABLE IF NOT EXISTS ballots (
    round          VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    ticket_hash    VARBINARY(32) NOT NULL,
    sealed         VARBINARY(5300) NOT NULL,
    digest         VARBINARY(32) NOT NULL,
    PRIMARY KEY (round, ticket_hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
