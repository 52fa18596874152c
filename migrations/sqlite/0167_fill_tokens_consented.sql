-- +goose Up
UPDATE tokens SET consented = created WHERE role = 'consultant' AND consented IS NULL;
