-- +goose Up
UPDATE people SET match_key = CASE WHEN email <> '' THEN LOWER(email) ELSE name || char(10) || unit || char(10) || id END WHERE match_key = '';
