-- +goose Up
UPDATE user_invitations SET expires = UTC_TIMESTAMP(6) + INTERVAL 14 DAY WHERE expires IS NULL;
