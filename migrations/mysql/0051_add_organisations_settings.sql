-- +goose Up
ALTER TABLE organisations ADD COLUMN settings LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;
