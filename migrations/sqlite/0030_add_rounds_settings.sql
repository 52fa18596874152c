-- +goose Up
ALTER TABLE rounds ADD COLUMN settings TEXT NOT NULL DEFAULT '';
