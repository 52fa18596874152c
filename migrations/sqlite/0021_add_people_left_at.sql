-- +goose Up
ALTER TABLE people ADD COLUMN left_at DATETIME NULL;
