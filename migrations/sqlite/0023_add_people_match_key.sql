-- +goose Up
ALTER TABLE people ADD COLUMN match_key TEXT NOT NULL DEFAULT '';
