-- +goose Up
CREATE UNIQUE INDEX IF NOT EXISTS people_match_key ON people (organisation, match_key);
