-- +goose Up
ALTER TABLE people ADD COLUMN left_at DATETIME(6) NULL;
