-- +goose Up
ALTER TABLE rounds ADD COLUMN restored DATETIME NULL;
