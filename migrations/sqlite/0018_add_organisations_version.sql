-- +goose Up
ALTER TABLE organisations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
