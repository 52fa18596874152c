-- +goose Up
ALTER TABLE tokens ADD COLUMN consented DATETIME(6) NULL;
