-- +goose Up
ALTER TABLE tokens ADD COLUMN consented DATETIME NULL;
