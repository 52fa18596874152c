-- +goose Up
ALTER TABLE records ADD COLUMN origin TEXT NOT NULL DEFAULT '';
