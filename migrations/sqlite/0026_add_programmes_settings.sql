-- +goose Up
ALTER TABLE programmes ADD COLUMN settings TEXT NOT NULL DEFAULT '';
