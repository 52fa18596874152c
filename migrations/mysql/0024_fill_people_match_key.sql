-- +goose Up
UPDATE people SET match_key = CASE WHEN email <> '' THEN LOWER(email) ELSE CONCAT(name, '\n', unit, '\n', id) END WHERE match_key = '';
