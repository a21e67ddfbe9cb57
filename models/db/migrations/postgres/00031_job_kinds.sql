-- +goose Up
-- How the runs of each kind of job have ended, since the queue forgets jobs that are done.
CREATE TABLE job_kinds (
	kind TEXT PRIMARY KEY,
	succeeded_at TIMESTAMPTZ,
	failed_at TIMESTAMPTZ,
	failing_since TIMESTAMPTZ, -- the first failure after the last success
	failures BIGINT NOT NULL DEFAULT 0, -- since then
	error TEXT NOT NULL DEFAULT '' -- of the last failure, without addresses
);

-- That the operator has been told of work that does not run: one row while it does not.
CREATE TABLE work_alerts (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	since TIMESTAMPTZ NOT NULL,
	claimed_until TIMESTAMPTZ NOT NULL, -- until when a node is sending a mail
	mailed_at TIMESTAMPTZ,
	fine_since TIMESTAMPTZ -- while all work runs again
);

-- +goose Down
DROP TABLE work_alerts;
DROP TABLE job_kinds;
