-- +goose Up
ALTER TABLE rounds ADD COLUMN restored DATETIME(6) NULL;
