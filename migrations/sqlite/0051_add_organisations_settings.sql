-- +goose Up
ALTER TABLE organisations ADD COLUMN settings TEXT NOT NULL DEFAULT '';
