-- +goose Up
ALTER TABLE iterations ADD COLUMN version INT NOT NULL DEFAULT 1;
