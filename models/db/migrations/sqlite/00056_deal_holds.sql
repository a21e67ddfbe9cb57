-- +goose Up
-- The time for which a deal is held because one of its sides cannot act. From until_at on the
-- other side may end it without fault. A side has at most one open hold of a deal.
CREATE TABLE deal_holds (
	id INTEGER PRIMARY KEY,
	deal_id INTEGER NOT NULL REFERENCES deals(id),
	side TEXT NOT NULL CHECK (side <> ''), -- that is away
	state TEXT NOT NULL CHECK (state <> ''),
	version INTEGER NOT NULL CHECK (version > 0),
	began_at TIMESTAMP NOT NULL,
	until_at TIMESTAMP NOT NULL,
	entered_at TIMESTAMP NOT NULL,
	deadline_at TIMESTAMP,
	remind_at TIMESTAMP,
	ended_at TIMESTAMP,
	CHECK (ended_at >= began_at)
);
CREATE UNIQUE INDEX deal_holds_open ON deal_holds(deal_id, side) WHERE ended_at IS NULL;
CREATE INDEX deal_holds_deal ON deal_holds(deal_id);
CREATE INDEX deal_holds_deadline ON deal_holds(state, deadline_at);
CREATE INDEX deal_holds_remind ON deal_holds(remind_at) WHERE remind_at IS NOT NULL;

-- By how many days holds have moved the due day that was agreed on.
ALTER TABLE deliverables ADD COLUMN held_days INTEGER NOT NULL DEFAULT 0 CHECK (held_days >= 0);

-- When somebody asked for everything about them to be erased, while it waits for their deals.
ALTER TABLE people ADD COLUMN leaving_at TIMESTAMP;
CREATE INDEX people_leaving ON people(leaving_at) WHERE leaving_at IS NOT NULL;

-- +goose Down
ALTER TABLE deliverables DROP COLUMN held_days;
DROP INDEX people_leaving;
ALTER TABLE people DROP COLUMN leaving_at;
DROP TABLE deal_holds;
