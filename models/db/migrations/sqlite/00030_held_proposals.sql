-- +goose Up
-- Proposals that are written and not sent: whoever wrote one has not confirmed their
-- address yet. Creators see nothing of them.
CREATE TABLE held_proposals (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	brand_id INTEGER NOT NULL REFERENCES brands(id) ON DELETE CASCADE,
	creator_id INTEGER NOT NULL REFERENCES creators(id) ON DELETE CASCADE,
	written_by INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
	form_key TEXT NOT NULL,
	form TEXT NOT NULL, -- as it is sent later, in JSON
	written_at TIMESTAMP NOT NULL,
	UNIQUE (brand_id, form_key)
);
CREATE INDEX held_proposals_writer ON held_proposals(written_by);
CREATE INDEX held_proposals_creator ON held_proposals(creator_id);
CREATE INDEX held_proposals_written ON held_proposals(written_at);

-- +goose Down
DROP TABLE held_proposals;
