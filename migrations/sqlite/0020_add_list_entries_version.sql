-- +goose Up
ALTER TABLE list_entries ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
