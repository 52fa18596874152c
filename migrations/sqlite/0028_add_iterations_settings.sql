-- +goose Up
ALTER TABLE iterations ADD COLUMN settings TEXT NOT NULL DEFAULT '';
