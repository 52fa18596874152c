-- +goose Up
ALTER TABLE sessions ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
