-- +goose Up
ALTER TABLE list_entries ADD COLUMN version INT NOT NULL DEFAULT 1;
