-- +goose Up
ALTER TABLE list_entries ADD COLUMN settings TEXT NOT NULL DEFAULT '';
