-- +goose Up
ALTER TABLE reports ADD COLUMN findings TEXT NOT NULL DEFAULT '';
