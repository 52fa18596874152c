-- +goose Up
ALTER TABLE programmes ADD COLUMN version INT NOT NULL DEFAULT 1;
