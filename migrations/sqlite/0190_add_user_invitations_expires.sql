-- +goose Up
ALTER TABLE user_invitations ADD COLUMN expires DATETIME NULL;
