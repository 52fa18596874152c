-- +goose Up
CREATE UNIQUE INDEX people_match_key ON people (organisation, match_key);
