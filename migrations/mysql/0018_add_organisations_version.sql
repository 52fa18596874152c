-- +goose Up
ALTER TABLE organisations ADD COLUMN version INT NOT NULL DEFAULT 1;
