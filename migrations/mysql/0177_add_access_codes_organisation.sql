-- +goose Up
ALTER TABLE access_codes ADD COLUMN organisation VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '';
