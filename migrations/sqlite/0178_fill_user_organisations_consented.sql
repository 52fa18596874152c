-- +goose Up
UPDATE user_organisations SET consented = (SELECT created FROM users WHERE users.id = user_organisations.account)
WHERE consented IS NULL AND account IN (SELECT id FROM users WHERE role <> 'consultant');
