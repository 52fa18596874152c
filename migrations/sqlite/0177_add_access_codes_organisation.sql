-- +goose Up
ALTER TABLE access_codes ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
