-- +goose Up
ALTER TABLE user_invitations ADD COLUMN expires DATETIME(6) NULL;
