-- +goose Up
-- Offers that a person is writing: one for each creator to whom they write a first offer, and
-- for each negotiation in which they answer. brand_id is whom they write for, null for the
-- creator themselves.
CREATE TABLE offer_drafts (
	id INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
	brand_id INTEGER REFERENCES brands(id) ON DELETE CASCADE,
	creator_id INTEGER NOT NULL REFERENCES creators(id) ON DELETE CASCADE,
	negotiation_id INTEGER REFERENCES negotiations(id) ON DELETE CASCADE,
	form TEXT NOT NULL CHECK (form <> ''), -- JSON: the answers as typed
	saved_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX offer_drafts_one ON offer_drafts(person_id, coalesce(brand_id, 0), creator_id, coalesce(negotiation_id, 0));
CREATE INDEX offer_drafts_saved ON offer_drafts(saved_at);

-- +goose Down
DROP TABLE offer_drafts;
