-- +goose Up
-- The processes that work off jobs, and when each last said that it is alive. The jobs of
-- one that no longer does go to others.
CREATE TABLE job_workers (
	id TEXT PRIMARY KEY,
	seen_at TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE job_workers;
