-- +goose Up
UPDATE user_invitations SET expires = strftime('%Y-%m-%d %H:%M:%S+00:00', 'now', '+14 days') WHERE expires IS NULL;
