-- +goose Up
CREATE TABLE IF NOT EXISTS jobs (
    kind           TEXT NOT NULL,
    object         TEXT NOT NULL,
    due            INTEGER NOT NULL,
    organisation   TEXT NOT NULL,
    state          TEXT NOT NULL,
    run_at         INTEGER NOT NULL,
    lease          INTEGER NOT NULL,
    tries          INTEGER NOT NULL,
    failure        TEXT NOT NULL,
    PRIMARY KEY (kind, object, due),
    UNIQUE (state, run_at, kind, object, due)
);
